"""Notes on readings in English views: all that Hyotei writes has its English form, and what people write stays."""

import io
import re
import tomllib
from functools import partial
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei.intake.input_file import InputFile
from hyotei.messages import HyoteiError
from hyotei.messages.notes import note_text
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


def test_the_catalogue_is_whole(root: Path) -> None:
    """Each entry has as many holes in both languages, and no Japanese in the English one but for the words of the form."""
    entries = tomllib.loads((root / "engine/hyotei/messages/notes.toml").read_text(encoding="utf-8"))
    for ja, en in entries.items():
        assert ja.count("{}") == en.count("{}"), ja
        assert JAPANESE.search(en) is None, en
        assert JAPANESE.search(ja), ja
        assert note_text(ja.replace("{}", "語"), "en") == en.replace("{}", "語")
        assert note_text(ja, "ja") == ja


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
