"""Notes on readings in English views: all that Hyotei writes has its English form, and what people write stays."""

import io
import re
import string
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei.intake.input_file import InputFile
from hyotei.messages import HyoteiError, phrase, wording
from hyotei.messages.notes import note_text, reading_note
from hyotei.messages.text_files import entries
from hyotei.readers.evaluation_text import read_evaluation_text
from hyotei.readers.registry import registry
from hyotei.report.reading_text import figures, reading_text
from hyotei.sheet import Sheet
from hyotei.sheet.quantity import read_quantity
from tests.readers.evaluation_generator import Facts, facts
from tests.readers.evaluation_render import Style, render, styles
from tests.readers.fuzzing import made

FORMS = (
    *("５", "1.5", "1万", "10", "回", "％", "件", "以上", "ほど", "約", "～", "-"),
    *("【23年度】", "（仮）", "累計", "前年比", "倍", " ", "千", "3割"),
)
JAPANESE = re.compile("[ぁ-ん]")


def quoted(text: str) -> str:
    """A text without what it quotes of the sheet."""
    return re.sub("“[^”]*”", "", text)


def notes(sheet: Sheet) -> set[str]:
    return {figure.source.note for _, figure in figures(sheet) if figure.source is not None and figure.source.note}


def test_a_note_is_known_again() -> None:
    """Each note of the catalogue, with words in its places, is told in English, alone and beside another.

    What is quoted may hold the sign that stands between notes.
    """
    for key, entry in entries("reading_notes").items():
        names = [name for _, name, _, _ in string.Formatter().parse(entry.ja) if name is not None]
        values = {
            name: f"語；{number}\n" if f"「{{{name}}}」" in entry.ja else f"語{number}"
            for number, name in enumerate(names)
        }
        note = wording("ja")(f"reading_notes.{key}", **values)
        assert note_text(note, "en") == wording("en")(f"reading_notes.{key}", **values)
        assert note_text(note, "ja") == note
        assert note_text(f"{note}；{note}", "en") == "; ".join([note_text(note, "en")] * 2)


def test_phrases_in_notes_are_told_in_english() -> None:
    """From what an identity was put, from what a year was read, and what an amount is."""
    for key, place, group in (
        ("provisional", "how", "provisional.how"),
        ("year_from", "source", "year_from"),
        ("not_settled", "amount", "amount"),
    ):
        of_group = [name for name in entries("evaluation_text") if name.rpartition(".")[0] == group]
        assert of_group
        for name in of_group:
            said = phrase(f"evaluation_text.{name}")
            note = reading_note(f"reading_notes.{key}", **{place: said})
            assert note_text(note, "en") == wording("en")(f"reading_notes.{key}", **{place: said})


def test_what_people_write_stays() -> None:
    """A note by hand, alone or beside one of ours."""
    assert note_text("原本は手書き", "en") == "原本は手書き"
    assert note_text("「％」を割合と読んだ；原本は手書き", "en") == "“％” was read as a ratio; 原本は手書き"


@settings(max_examples=40)
@given(facts(), styles, st.data())
def test_notes_of_printed_sheets_are_english(known: Facts, style: Style, draw: st.DataObject) -> None:
    """Of sheets whose text is torn apart."""
    sheet, problems = read_evaluation_text(render(known, style, draw.draw), "x")
    assert sheet is not None
    for note in notes(sheet):
        assert JAPANESE.search(quoted(note_text(note, "en"))) is None, note
    shown = [text.strip() for style_, text in reading_text(sheet, problems, "en") if style_ == "faint"]
    assert all(note_text(note, "en") in shown for note in notes(sheet))


@settings(max_examples=60)
@given(st.integers(0, 2**40))
def test_notes_of_data_sets_are_english(seed: int) -> None:
    """Of damaged records, which have all of them."""
    try:
        for name in ("judgit", "rs"):
            content = made(name, seed)
            for found in registry().named(name).read(InputFile("x", "x", partial(io.BytesIO, content))):
                for note in notes(found.sheet) if found.sheet else ():
                    assert JAPANESE.search(quoted(note_text(note, "en"))) is None, note
    except HyoteiError:
        return


@given(
    st.lists(
        st.sampled_from(FORMS),
        min_size=1,
        max_size=6,
    ).map("".join)
)
def test_notes_of_figures_are_english(text: str) -> None:
    """Of figures in all their forms."""
    quantity, _ = read_quantity(text, year_hint=2012, default_unit="千円")
    note = quantity.source.note if quantity.source is not None else None
    if note is not None:
        assert JAPANESE.search(quoted(note_text(note, "en"))) is None, note
