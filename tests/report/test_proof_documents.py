"""Documents of proofs, comparisons, certainties and ways: of drawn results, every text in every format and both languages."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, Literal, get_args

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hyotei.compare import model as m
from hyotei.compare.boxes import Region
from hyotei.document import Document, Item, Items, Paragraph, Section, Table, plain_text
from hyotei.messages import LANGUAGES, Language
from hyotei.proof.certainty import model as c
from hyotei.proof.results import (
    Changed,
    Check,
    CheckName,
    Counterexample,
    LawResult,
    Method,
    ProofReport,
    Reached,
    Shown,
)
from hyotei.proof.results import Status as ProofStatus
from hyotei.report.certainty_document import certainty_document
from hyotei.report.diff_document import diff_document
from hyotei.report.proof_document import proof_document
from hyotei.report.reach_document import reach_document
from hyotei.rulebook.canonical import HASH_FORMAT
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import HitPolicy
from hyotei.rulebook.model import Table as DecisionTable
from hyotei.rulebook.types import TEXT, NumberType
from hyotei.rulebook.values import REASONS, Scalar, Unknown
from hyotei.sheet import Sheet
from hyotei.verdict.model import Possibility
from tests.cli.test_wording import PROVED
from tests.examples import one_in
from tests.strategies import sheets
from tests.writers.written import READ, lost_texts

BOOK: Final = parse_rulebook(PROVED)
FEW = settings(
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    max_examples=one_in(10, least=3),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
WORDS = st.text("達成率の評価区分ABC 019%（）「」、→<>&|*`_=-", min_size=1, max_size=20).filter(
    lambda text: bool(text.strip())
)
NUMBERS = st.integers(0, 400)
WHY: Final[tuple[m.Why, ...]] = get_args(m.Why)
SHEETS: st.SearchStrategy[Sheet] = sheets(BOOK)
SCALARS: st.SearchStrategy[Scalar] = st.one_of(
    st.decimals(0, 5, places=2),
    st.sampled_from(["A", "B", "achieved", "missed"]),
    st.sampled_from(REASONS).map(Unknown),
)
RATIOS: Final = SCALARS.filter(lambda each: isinstance(each, Decimal | Unknown))
"""What a share can be: what a counterexample supposes is derived again."""
TABLES: Final = {decision.name: decision for decision in BOOK.decisions if decision.name in ("result", "rating")}


def whole(document: Document) -> None:
    """Every writer takes the document and loses nothing of it."""
    for writer, read, as_shown in READ:
        assert lost_texts(document, writer, read, as_shown) == [], writer.__name__


def sections(document: Document) -> dict[str, Section]:
    return {each.title: each for each in document.blocks if isinstance(each, Section)}


def rows_of(section: Section) -> int:
    (found,) = (each for each in section.blocks if isinstance(each, Table))
    return len(found.rows)


# -- proofs


def table_of(decision: str) -> DecisionTable:
    body = TABLES[decision].body
    assert isinstance(body, DecisionTable)
    return body


@st.composite
def counterexamples(draw: st.DrawFn, decision: str = "") -> Counterexample:
    """A sheet with inputs of a table, or with results before and after a change."""
    sheet = draw(SHEETS)
    if decision:
        body = table_of(decision)
        shown = tuple(Shown(column.text, "sheet", draw(SCALARS)) for column in body.inputs)
        rows = tuple(draw(st.sets(st.integers(1, len(body.rows)), max_size=2)))
        return Counterexample(sheet, (), shown, decision, "sheet", rows)
    changed = tuple(draw(st.lists(st.builds(Changed, st.just("share"), st.just("sheet"), RATIOS, RATIOS), max_size=1)))
    return Counterexample(sheet, changed, (Shown("rating", "sheet", draw(SCALARS), draw(st.none() | SCALARS)),))


@st.composite
def checks(draw: st.DrawFn) -> Check:
    decision = draw(st.sampled_from(sorted(TABLES)))
    name: CheckName = draw(st.sampled_from(("gap", "overlap", "masked", "never")))
    note = draw(st.booleans())
    if note:
        name = draw(st.sampled_from(("masked", "redundant", "unreachable_output", "no_influence", "second_method")))
    body = table_of(decision)
    rows = tuple(draw(st.lists(st.integers(1, len(body.rows)), min_size=2, max_size=2, unique=True)))
    cells = st.lists(WORDS, min_size=len(body.inputs), max_size=len(body.inputs)).map(tuple)
    return Check(
        name,
        decision,
        draw(st.sampled_from(get_args(ProofStatus))),
        draw(st.sampled_from(get_args(Method))),
        draw(st.sampled_from(WHY)),
        rows if name == "overlap" else rows[: draw(st.integers(0, 2))],
        tuple(draw(st.lists(st.builds(Region, cells, cells), max_size=10))),
        draw(WORDS) if name == "unreachable_output" else "",
        draw(st.booleans()),
        note,
        draw(st.none() | counterexamples(decision)),
        draw(NUMBERS),
    )


LAWS: st.SearchStrategy[LawResult] = st.builds(
    LawResult,
    st.sampled_from([law.text for law in BOOK.laws]),
    st.sampled_from(["answers", "monotone", "reachable", "one_more", "implies"]),
    st.sampled_from(get_args(ProofStatus)),
    st.sampled_from(get_args(Method)),
    st.sampled_from(WHY),
    st.integers(0, 4),
    st.booleans(),
    st.none() | counterexamples(),
    st.lists(st.builds(Reached, WORDS, st.sampled_from(("proved", "refuted", "open"))), max_size=3).map(tuple),
    NUMBERS,
)


@FEW
@given(st.lists(LAWS, max_size=3), st.lists(checks(), max_size=4), st.sampled_from(LANGUAGES))
def test_a_proof_is_whole_in_every_format(laws: list[LawResult], found: list[Check], language: Language) -> None:
    """Each law has its row, each defect too; the conclusion stands first and in the tone of its status."""
    report = ProofReport("worded", "言葉", BOOK.hash, "z3 0", 1, tuple(laws), tuple(found), BOOK)
    document = proof_document(report, language)
    whole(document)
    lead = document.blocks[0]
    assert isinstance(lead, Paragraph)
    assert (lead.lead, lead.tone == "good") == (True, report.status == "proved")
    told = sections(document)
    laws_title, tables_title, remarks = {
        "ja": ("法則", "表", "参考（誤りとは限らない）"), "en": ("Laws", "Tables", "Remarks (not necessarily mistakes)"),
    }[language]  # fmt: skip
    assert (laws_title in told) == bool(laws)
    if laws:
        assert rows_of(told[laws_title]) == len(laws)
    defects = [each for each in found if not each.note and (each.status != "proved" or each.by_itself)]
    sound = {each.decision for each in found if not each.note} - {each.decision for each in defects}
    if defects or sound:
        assert rows_of(told[tables_title]) == len(defects) + len(sound)
    assert (remarks in told) == any(each.note for each in found)


# -- comparisons

POLICIES: Final[tuple[tuple[HitPolicy, HitPolicy], ...]] = (("U", "U"), ("C", "C"))
OUTPUT: Final = (("rating", TEXT),)
RESULTS: Final = ("rating", "budget")
DIFFERENCES: st.SearchStrategy[m.Difference] = st.builds(
    m.Difference,
    SHEETS,
    st.sampled_from(["sheet", "measures[1]", "budget_years[2]"]),
    st.tuples(st.just("A")),
    st.tuples(st.just("B")),
    st.lists(st.builds(m.ResultValues, st.sampled_from(RESULTS), SCALARS, SCALARS), max_size=2).map(tuple),
)
EDITS: st.SearchStrategy[m.Edit] = st.builds(
    m.Edit,
    st.sampled_from(get_args(m.EditKind)),
    st.sampled_from(["rating", "share"]),
    st.integers(0, 4),
    st.integers(0, 4),
    WORDS,
    st.tuples(WORDS, WORDS),
    st.tuples(WORDS, WORDS),
    st.sampled_from(get_args(m.Effect)),
)


@st.composite
def regions(draw: st.DrawFn, width: int, symbolic: bool) -> m.ChangedRegion:
    cells = st.lists(st.just("-") | WORDS, min_size=width, max_size=width).map(tuple)
    answers: st.SearchStrategy[m.Answers] = (
        st.just(()) if symbolic else st.tuples(st.tuples(SCALARS | st.just(m.Computed("x"))))
    )
    return m.ChangedRegion(
        Region((), ()) if symbolic else draw(st.builds(Region, cells, cells)),
        (),
        draw(answers),
        draw(answers),
        tuple(draw(st.lists(st.integers(1, 4), max_size=2))),
        (),
        (0,) if draw(st.booleans()) else (),
        (0, 1) if draw(st.booleans()) else (),
        draw(st.sampled_from(get_args(m.Reach))),
        draw(st.sampled_from(WHY)),
        draw(DIFFERENCES if symbolic else st.none() | DIFFERENCES),
    )


@st.composite
def changes(draw: st.DrawFn) -> m.DecisionChange:
    width, symbolic = draw(st.integers(0, 3)), draw(st.booleans())
    column = st.builds(
        m.RegionColumn,
        st.just("fiscal_year") | WORDS,
        st.just(NumberType()),
        st.sampled_from(("", "old", "new")),
        st.none() | st.tuples(WORDS, WORDS),
    )
    results = st.builds(
        m.ResultChange, st.sampled_from(RESULTS), st.sampled_from(("same", "differs", "open")), st.sampled_from(WHY),
        st.integers(0, 3), st.none() | DIFFERENCES,
    )  # fmt: skip
    return m.DecisionChange(
        "rating",
        "評価区分",
        "sheet",
        draw(st.sampled_from(get_args(m.Outcome))),
        draw(st.sampled_from(("timeout", "too_large"))),
        OUTPUT,
        tuple(draw(column) for _ in range(width)),
        tuple(draw(regions(width, symbolic)) for _ in range(draw(st.integers(0, 3)))),
        draw(st.integers(0, 3)),
        draw(st.integers(0, 2)),
        symbolic,
        tuple(draw(st.lists(results, max_size=2))),
        draw(st.sampled_from(POLICIES)),
    )


@st.composite
def comparisons(draw: st.DrawFn) -> m.RulebookDiff:
    notes = st.builds(m.Structural, st.sampled_from(get_args(m.Note)), WORDS, st.just("") | WORDS, WORDS, WORDS)
    return m.RulebookDiff(
        old="worded",
        new=draw(st.sampled_from(("worded", "other"))),
        old_hash=BOOK.hash,
        new_hash=BOOK.hash,
        compared=draw(st.integers(0, 5)),
        solver="z3 0",
        milliseconds=0,
        notes=tuple(draw(st.lists(notes, max_size=3))),
        edits=tuple(draw(st.lists(EDITS, min_size=2, max_size=4))),
        decisions=tuple(draw(st.lists(changes(), max_size=2))),
        results=(m.ResultChange("rating", draw(st.sampled_from(("same", "differs", "open"))), "timeout"),),
        tried=draw(NUMBERS),
        titles={"rating": "評価区分"},
    )


@FEW
@given(comparisons(), st.sampled_from(LANGUAGES))
def test_a_comparison_is_whole_in_every_format(found: m.RulebookDiff, language: Language) -> None:
    """Every edit and every region has its row; it is the same however often it is built."""
    found = replace(found, decisions=tuple(map(_coherent, found.decisions)))
    document = diff_document(found, language)
    whole(document)
    told = sections(document)
    assert rows_of(told[{"ja": "変更とその影響", "en": "Edits and what each does"}[language]]) == len(found.edits)
    if found.decisions:
        parts = told[{"ja": "判断", "en": "Decisions"}[language]].blocks
        for part, change in zip(parts, found.decisions, strict=True):
            assert isinstance(part, Section)
            assert sum(len(each.rows) for each in part.blocks if isinstance(each, Table)) == len(change.regions)
    assert diff_document(found, language) == document


def _coherent(change: m.DecisionChange) -> m.DecisionChange:
    """Regions of a table that collects are lists; of any other they have one row."""
    return replace(change, policies=("U", "U")) if not change.symbolic else change


# -- certainty and ways

POINTS: Final = ("a", "b", "c")
VALUES: st.SearchStrategy[c.Value] = st.builds(
    c.Value, st.sampled_from(POINTS), WORDS, st.sampled_from(("measures[1]", "sheet", "budget_years[1]")), WORDS | st.just(""),
    WORDS, WORDS, st.booleans(),
)  # fmt: skip
RATINGS = st.sampled_from((None, "A", "B"))
OPEN: st.SearchStrategy[c.Open] = st.sampled_from((*WHY, "too_many"))
SETS = st.builds(
    c.Sets,
    st.lists(st.lists(st.sampled_from(POINTS), min_size=1, unique=True).map(tuple), max_size=3).map(tuple),
    st.booleans(),
)
ENDS = st.builds(c.End, WORDS, WORDS, st.none() | WORDS, WORDS, WORDS, WORDS, RATINGS, RATINGS, st.booleans(), OPEN)
MARGINS = st.builds(c.FigureMargin, WORDS, WORDS, st.just("measures[2]"), WORDS, WORDS, WORDS, WORDS, ENDS, ENDS)
POSSIBLE = st.builds(Possibility, st.lists(WORDS, min_size=1, max_size=2).map(tuple), RATINGS, RATINGS)


@st.composite
def certainties(draw: st.DrawFn) -> c.Certainty:
    def point(name: str) -> c.OpenPoint:
        return c.OpenPoint(
            name, draw(WORDS), draw(st.sampled_from(("measures[1]", "sheet"))), draw(WORDS), draw(st.sampled_from(REASONS)),
            draw(st.booleans()), draw(WORDS), draw(st.sampled_from((None, True, False))),
            tuple(draw(st.lists(POSSIBLE, max_size=3))),
        )  # fmt: skip

    status: Literal["certain", "uncertain", "open"] = draw(st.sampled_from(("certain", "uncertain", "open")))
    verdicts = st.builds(c.PossibleVerdict, RATINGS, RATINGS, st.lists(VALUES, max_size=2).map(tuple), st.booleans())
    return c.Certainty(
        "hyotei.certain/1", "s", "worded", BOOK.hash, HASH_FORMAT, status, draw(OPEN), "A", None,
        tuple(map(point, POINTS)), tuple(draw(st.lists(verdicts, min_size=1, max_size=3))), draw(st.booleans()), draw(SETS),
        draw(SETS), tuple(draw(st.lists(WORDS, max_size=2))), tuple(draw(st.lists(MARGINS, max_size=3))),
    )  # fmt: skip


@FEW
@given(certainties(), st.sampled_from(LANGUAGES))
def test_a_certainty_is_whole_in_every_format(found: c.Certainty, language: Language) -> None:
    """Every unknown has its row with what it could be."""
    document = certainty_document(found, language)
    whole(document)
    told = sections(document)[
        {"ja": "不明な値と、ありうる範囲", "en": "Unknown values and what they could be"}[language]
    ]
    assert rows_of(told) == len(found.unknowns)


@st.composite
def ways(draw: st.DrawFn) -> c.Way:
    moves = st.builds(
        c.Move, WORDS, WORDS, st.just("measures[1]"), WORDS, WORDS, WORDS, WORDS, WORDS, WORDS, WORDS, st.just("2/43"),
        st.none() | WORDS, WORDS,
    )  # fmt: skip
    found: Sequence[c.Move] = draw(st.lists(moves, min_size=1, max_size=3))
    return c.Way(tuple(found), "2/43", draw(RATINGS), draw(RATINGS), draw(st.booleans()))


@FEW
@given(st.data(), st.sampled_from(LANGUAGES))
def test_a_way_is_whole_in_every_format(data: st.DataObject, language: Language) -> None:
    """Every way is told with all its moves, and with the verdict it leads to."""
    draw = data.draw
    status: Literal["found", "already", "never", "open"] = draw(st.sampled_from(("found", "already", "never", "open")))
    goal: Literal["reach", "keep"] = draw(st.sampled_from(("reach", "keep")))
    found = c.Reach(
        "hyotei.reach/1", "s", "worded", BOOK.hash, HASH_FORMAT, goal, draw(st.sampled_from(RESULTS)), "A", status, draw(OPEN),
        tuple(draw(st.lists(WORDS, max_size=1))), tuple(draw(st.lists(ways(), max_size=3))), draw(st.booleans()),
        draw(st.none() | ways()), draw(OPEN),
    )  # fmt: skip
    document = reach_document(found, language)
    whole(document)
    (section,) = sections(document).values()
    items = [item for block in section.blocks if isinstance(block, Items) for item in block.items]
    told = found.ways if status == "found" else [found.beyond] if status == "never" and found.beyond is not None else []
    assert len(items) == len(told)
    for item, way in zip(items, told, strict=True):
        assert isinstance(item, Item)
        assert all(move.after_text in plain_text(item.text) for move in way.moves)
