"""Sheets as YAML that people correct: nothing is lost on the way out and back."""

from hypothesis import given
from hypothesis import strategies as st

from hyotei.readers.sheet_of_file import parse_sheet
from hyotei.readers.value_against_text import sheet_against_print
from hyotei.sheet import EarlierFinding, Outline, Recorded, Sheet
from hyotei.sheet_writers.sheet_yaml_writer import sheet_to_yaml
from tests.strategies import HALF
from tests.strategies_sheets import sheets

texts = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.sampled_from(["2015", "true", "~", "null", "- a", "a\n b\u3000\n", "x: y\v", " ", "a\nb", "\ufeff", "\u2028"]),
)


@HALF
@given(sheets())
def test_a_written_sheet_reads_back_the_same(sheet: Sheet) -> None:
    """Every figure, source and text comes back, from the layout for people, whatever the values of the notes on its readings."""
    sheet = sheet_against_print(sheet)
    written = sheet_to_yaml(sheet)
    assert written.startswith("#"), "only the layout for people has comments"
    again, problems = parse_sheet(written, file="again.yaml")
    assert problems == ()
    assert again == sheet


@given(texts, texts, texts, st.sampled_from([None, 1999]), st.sampled_from([None, True, False]))
def test_awkward_texts_come_back(
    a: str | None, b: str | None, c: str | None, year: int | None, open_: bool | None
) -> None:
    """Texts that look like numbers, truths or YAML stay texts."""
    sheet = Sheet(
        id="x",
        title="題",
        authority="総務省",
        fiscal_year=2012,
        goal=a,
        outline=Outline(
            summary=b, start_year=year, open_ended=open_, policies=tuple(each for each in (a, c) if each is not None)
        ),
        recorded=Recorded(inspection=c, earlier_findings=(EarlierFinding(fiscal_year="2015", finding=b),)),
    )
    again, problems = parse_sheet(sheet_to_yaml(sheet), file="again.yaml")
    assert problems == ()
    assert again == sheet
