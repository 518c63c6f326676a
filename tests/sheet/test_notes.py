"""Notes on readings: codes with values, told in either language, kept by every format, beside what people write."""

import io
import re
import string
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei import cases_folder
from hyotei.intake.input_file import InputFile
from hyotei.messages import LANGUAGES, HyoteiError, phrase, wording
from hyotei.messages.text_files import entries
from hyotei.readers import read_sheet
from hyotei.readers.evaluation_text import read_evaluation_text
from hyotei.readers.registry import registry
from hyotei.report.reading_text import figures, reading_text
from hyotei.sheet import Sheet
from hyotei.sheet.models import Source
from hyotei.sheet.notes import Note, joined_notes, notes_json, notes_of_json, notes_text, reading_note
from hyotei.sheet.quantity import read_quantity
from tests.readers.evaluation_generator import Facts, facts
from tests.readers.evaluation_render import Style, render, styles
from tests.readers.fuzzing import made
from tests.rulebook.small import SHEET
from tests.strategies_sheets import notes as any_notes

FORMS = (
    *("５", "1.5", "1万", "10", "回", "％", "件", "以上", "ほど", "約", "～", "-"),
    *("【23年度】", "（仮）", "累計", "前年比", "倍", " ", "千", "3割"),
)
JAPANESE = re.compile("[ぁ-ん]")


def quoted(text: str) -> str:
    """A text without what it quotes of the sheet."""
    return re.sub("“[^”]*”", "", text)


def sources(sheet: Sheet) -> list[Source]:
    return [figure.source for _, figure in figures(sheet) if figure.source is not None]


def test_every_note_is_told_in_both_languages() -> None:
    """With any words in its places, those of phrases by the name of the phrase."""
    groups = {
        "how": "provisional.how",
        "source": "year_from",
        "amount": "amount",
    }
    for key, entry in entries("reading_notes").items():
        for place in [name for _, name, _, _ in string.Formatter().parse(entry.ja) if name in groups]:
            of_group = [name for name in entries("evaluation_text") if name.rpartition(".")[0] == groups[place]]
            assert of_group
            for name in of_group:
                said = phrase(f"evaluation_text.{name}")
                (note,) = reading_note(f"reading_notes.{key}", **{place: said})
                for language in LANGUAGES:
                    assert note.text(language) == wording(language)(f"reading_notes.{key}", **{place: said})
        values = {name: f"{name}；「」" for _, name, _, _ in string.Formatter().parse(entry.ja) if name is not None}
        if groups.keys() & values.keys():
            continue
        (note,) = reading_note(f"reading_notes.{key}", **values)
        for language in LANGUAGES:
            assert note.text(language) == wording(language)(f"reading_notes.{key}", **values)


def test_a_code_of_another_version_is_told_as_it_is() -> None:
    """So is one whose values are not those of its text."""
    assert Note.of("of_tomorrow", {"text": "％"}).text("en") == "of_tomorrow text=％"
    assert Note.of("ratio", {"unit": "％"}).text("ja") == "ratio unit=％"


def test_what_people_write_stays() -> None:
    """Behind the notes with a code, in either language; sentences of sheets that are stored already are such texts."""
    source = Source(
        text="5％", reading="inferred", note="原本は手書き", notes=reading_note("reading_notes.ratio", text="％")
    )
    assert source.notes_text("en") == "“％” was read as a ratio; 原本は手書き"
    assert source.notes_text("ja") == "「％」を割合と読んだ；原本は手書き"
    stored = Source.model_validate_json('{"text": "5％", "note": "「％」を割合と読んだ"}')
    assert (stored.notes, stored.notes_text("en")) == ((), "「％」を割合と読んだ")


@given(st.lists(any_notes, max_size=4).map(tuple))
def test_notes_come_back_from_json_and_from_the_cell_of_a_corpus(notes: tuple[Note, ...]) -> None:
    source = Source(text="5", notes=notes)
    assert Source.model_validate_json(source.model_dump_json()) == source
    assert notes_of_json(notes_json(notes)) == notes
    joined = joined_notes(notes, notes)
    assert set(joined) == set(notes)
    assert len(set(joined)) == len(joined)


@settings(max_examples=40)
@given(facts(), styles, st.data())
def test_notes_of_printed_sheets_are_english(known: Facts, style: Style, draw: st.DataObject) -> None:
    """Of sheets whose text is torn apart."""
    sheet, problems = read_evaluation_text(render(known, style, draw.draw), "x")
    assert sheet is not None
    told = [source.notes_text("en") for source in sources(sheet)]
    assert not [each for each in told if JAPANESE.search(quoted(each))]
    assert all(source.note is None for source in sources(sheet))
    shown = [text.strip() for style_, text in reading_text(sheet, problems, "en") if style_ == "faint"]
    assert all(each in shown for each in told if each)


@settings(max_examples=60)
@given(st.integers(0, 2**40))
def test_notes_of_data_sets_are_english(seed: int) -> None:
    """Of damaged records, which have all of them."""
    try:
        for name in ("judgit", "rs"):
            content = made(name, seed)
            for found in registry().named(name).read(InputFile("x", "x", partial(io.BytesIO, content))):
                for source in sources(found.sheet) if found.sheet else ():
                    assert JAPANESE.search(quoted(source.notes_text("en"))) is None
    except HyoteiError:
        return


@given(st.lists(st.sampled_from(FORMS), min_size=1, max_size=6).map("".join))
def test_notes_of_figures_are_english(text: str) -> None:
    """Of figures in all their forms."""
    quantity, _ = read_quantity(text, year_hint=2012, default_unit="千円")
    assert quantity.source is not None
    assert JAPANESE.search(quoted(notes_text(quantity.source.notes, None, "en"))) is None


def test_a_note_without_a_code_is_told() -> None:
    """It says nothing."""
    source = Source(text="small", notes=(Note.of("coded"),))
    sheet = SHEET.model_copy(update={"identity": SHEET.identity.model_copy(update={"id": source})})
    line = sheet.model_dump_json(by_alias=True).replace('"code":"coded"', '"code":""').encode()
    (found,) = registry().named("ndjson").read(InputFile("x", "x", partial(io.BytesIO, line)))
    assert [problem.code for problem in found.problems if problem.severity == "error"]


def test_shipped_sheets_say_why_in_either_language() -> None:
    """Their reasons are codes: an English view of them has no sentence in Japanese. A code beside a figure is read as one."""
    told = set()
    for path in sorted(cases_folder().glob("*/sheet.yaml")):
        for source in sources(read_sheet(path)):
            assert source.note is None, (path, source.note)
            told |= {note.text("en") for note in source.notes}
    assert len(told) >= 4
    assert not [text for text in told if JAPANESE.search(quoted(text))]
