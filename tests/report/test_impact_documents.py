"""Documents of impacts and sweeps: every text in every format and language, and the numbers of the result in their tables."""

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hyotei.document import Cell, Document, Section, Table
from hyotei.impact.impact import impact
from hyotei.impact.sweep import sweep
from hyotei.messages import LANGUAGES, Language
from hyotei.report.impact_document import impact_document
from hyotei.report.sweep_document import shown, sweep_document
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Rulebook
from tests.conftest import ROOT
from tests.examples import one_in
from tests.impact.edited import numbered
from tests.strategies import sheets
from tests.writers.written import READ, lost_texts

MIC = (ROOT / "rules" / "mic-2013" / "rulebook.md").read_text(encoding="utf-8")
OLD = parse_rulebook(MIC, "old")
EDITS = (
    ("| 70%以上          | 0", "| 50%以上          | 0"),
    ("|  3  | 40%以上", "|  3  | 60%以上"),
    ("value: 50%", "value: 80%"),
)
FEW = settings(
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    max_examples=one_in(20, least=2),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
SOME = st.lists(sheets(OLD), min_size=1, max_size=6).map(numbered)


@st.composite
def edited(draw: st.DrawFn) -> Rulebook:
    text = MIC
    for before, after in draw(st.lists(st.sampled_from(EDITS), max_size=3, unique=True)):
        text = text.replace(before, after)
    return parse_rulebook(text, "new")


def tables(document: Document) -> list[Table]:
    return [
        each for part in document.blocks if isinstance(part, Section) for each in part.blocks if isinstance(each, Table)
    ]


def numbers(cells: tuple[Cell, ...]) -> list[object]:
    return [each.value for each in cells]


def in_every_format(document: Document) -> None:
    for writer, read, as_shown in READ:
        assert lost_texts(document, writer, read, as_shown) == [], writer.__name__


@FEW
@given(edited(), SOME, st.sampled_from(LANGUAGES))
def test_an_impact_is_whole_in_every_format(new: Rulebook, some: list[object], language: Language) -> None:
    """The matrices add up to the sheets, and each move has its row."""
    found = impact(OLD, new, some)  # type: ignore[arg-type]  # sheets
    document = impact_document(found, language)
    in_every_format(document)
    told = tables(document)
    assert told[0].rows[-1].cells[-1].value == found.all.sheets
    if found.moved.sheets:
        assert len(told[-1].rows) == sum(len(move.changes) for move in found.moves)
        short = tables(impact_document(found, language, rows=1))
        assert len(short[-1].rows) == len(found.moves[0].changes) or len(found.moves) > 1
    assert impact_document(found, language) == document


@FEW
@given(SOME, st.sampled_from(LANGUAGES), st.sampled_from(["half=1%..150%", "about=0%..30%"]))
def test_a_sweep_is_whole_in_every_format(some: list[object], language: Language, param: str) -> None:
    """Every step has its row with the numbers of that step; a short table keeps the first and the last."""
    found = sweep(OLD, some, param=param)  # type: ignore[arg-type]  # sheets
    document = sweep_document(found, language)
    in_every_format(document)
    steps = tables(document)[0]
    assert len(steps.rows) == len(found.stretches)
    for row, stretch in zip(steps.rows, found.stretches, strict=True):
        assert stretch.changed in numbers(row.cells)
        assert stretch.moved.sheets in numbers(row.cells)
    few = shown(found, 2)
    assert (few[0], few[-1]) == (found.stretches[0], found.stretches[-1])
    assert len(few) <= max(2, min(2, len(found.stretches)))
