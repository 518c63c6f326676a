"""What an edit moves: the matrix is that of rating both ways, and undoing the named edit takes the sheet back."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import hyotei
from hyotei.base.exact import total
from hyotei.corpus.corpus import Corpus
from hyotei.corpus.evaluated_budget import money_of
from hyotei.impact.impact import comparable, impact
from hyotei.impact.model import Impact
from hyotei.impact.undone_edits import Edits
from hyotei.messages import HyoteiError
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Rulebook
from hyotei.sheet import Sheet
from tests.conftest import ROOT
from tests.examples import one_in
from tests.impact.edited import edited, numbered, rated, results
from tests.strategies import rulebooks, sheets

FEW = settings(
    max_examples=one_in(10, least=2),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
MIC = (ROOT / "rules" / "mic-2013" / "rulebook.md").read_text(encoding="utf-8")
OLD = parse_rulebook(MIC, "old")
EDITS = (
    ("| 70%以上          | 0", "| 50%以上          | 0"),
    ("|  3  | 40%以上", "|  3  | 60%以上"),
    ("value: 10%", "value: 30%"),
    ("value: 50%", "value: 80%"),
    ("| 程度, 約 ", "| - "),
    ("|  4  | A, B     | 50%以上", "|  4  | A, B     | 80%以上"),
    (
        "|  3  | A        | 95%以上     | unknown         | Ⅱ          | 予算の増減が分からず、拡充とまではいえない     |\n",
        "",
    ),
    ("if direction = decrease then target / actual else", "if direction = maintain then target / actual else"),
)


@st.composite
def mic_edits(draw: st.DrawFn) -> Rulebook:
    text = MIC
    for before, after in draw(st.lists(st.sampled_from(EDITS), min_size=1, max_size=4, unique=True)):
        assert before in text
        text = text.replace(before, after)
    return parse_rulebook(text, "new")


def checked(old: Rulebook, new: Rulebook, some: list[Sheet], found: Impact) -> None:
    """Everything that is told is what rating each sheet by both rulebooks gives."""
    moved: dict[str, set[str]] = {}
    for result in found.results:
        matrix: dict[tuple[str | None, str | None], list[Sheet]] = {}
        for sheet in some:
            pair = results(old, sheet, result.name), results(new, sheet, result.name)
            matrix.setdefault(pair, []).append(sheet)
            if pair[0] != pair[1]:
                moved.setdefault(sheet.id, set()).add(result.name)
        assert {pair: count.sheets for pair, count in result.matrix.items()} == {
            pair: len(of) for pair, of in matrix.items()
        }
        for pair, of in matrix.items():
            known = [money for sheet in of if (money := money_of(sheet)) is not None]
            assert (result.matrix[pair].money, result.matrix[pair].unpriced) == (total(known), len(of) - len(known))
    assert {move.sheet: {each.result for each in move.changes} for move in found.moves} == moved
    assert found.moved.sheets == len(moved)
    assert sum(group.moved.sheets for group in found.by_year) == len(moved)
    assert sum(group.all.sheets for group in found.by_authority) == len(some)
    attributed(old, new, some, found)


def attributed(old: Rulebook, new: Rulebook, some: list[Sheet], found: Impact) -> None:
    """Undoing what is named takes the sheet back; of several edits, undoing any fewer does not."""
    names = comparable(old, new)
    edits = Edits(old.toward(*names), new.toward(*names), 2012)
    assert edits.edits == found.edits
    by_id = {sheet.id: sheet for sheet in some}

    def back(undone: frozenset[int], sheet: Sheet, name: str) -> bool:
        book = edits.without(undone)
        return book is not None and name in book.by_name and results(book, sheet, name) == results(old, sheet, name)

    for move in found.moves:
        sheet = by_id[move.sheet]
        for each in move.changes:
            alone = {at for at in range(len(edits.edits)) if back(frozenset((at,)), sheet, each.result)}
            assert set(each.cause.alone) == alone
            assert bool(each.cause.together) != bool(alone)
            if each.cause.together:
                together = frozenset(each.cause.together)
                assert back(together, sheet, each.result)
                if each.cause.fewest:
                    assert not any(back(together - {at}, sheet, each.result) for at in together)


@FEW
@given(new=mic_edits(), drawn=st.lists(sheets(OLD), min_size=1, max_size=12))
def test_the_matrix_is_that_of_both_rulebooks(new: Rulebook, drawn: list[Sheet]) -> None:
    some = numbered(drawn)
    checked(OLD, new, some, impact(OLD, new, some))


@FEW
@given(data=st.data())
def test_drawn_rulebooks_with_drawn_edits(data: st.DataObject) -> None:
    """Of every form that rulebooks have."""
    old = rated(data.draw(rulebooks()), data)
    new = data.draw(edited(old))
    some = numbered(data.draw(st.lists(sheets(old), min_size=1, max_size=8)))
    checked(old, new, some, impact(old, new, some))


def test_undoing_all_edits_is_the_old_rulebook_and_none_the_new_one() -> None:
    """With several edits of one table among them."""
    new = parse_rulebook(_all_edits(), "new")
    edits = Edits(OLD, new, 2012)
    assert len(edits.edits) == len(EDITS)
    assert edits.without(frozenset(range(len(EDITS)))) == OLD
    none = edits.without(frozenset())
    assert none is not None
    assert {each.name: each.body for each in none.decisions} == {each.name: each.body for each in new.decisions}


def _all_edits() -> str:
    text = MIC
    for before, after in EDITS:
        text = text.replace(before, after)
    return text


def test_edits_that_need_each_other_are_named_together(mic_sheet: Sheet) -> None:
    """Two decisions that each keep a row from answering; a third edit has no part in it."""
    new = parse_rulebook(
        MIC.replace("|  2  | 70%以上 ", "|  2  | 170%以上")
        .replace("count(measures[result = missed])", "count(measures) + 1")
        .replace("| C        | 30%未満", "| C        | 20%未満"),
        "new",
    )
    found = impact(OLD, new, [mic_sheet])
    changes = [each for move in found.moves for each in move.changes if each.result == "rating"]
    assert [(each.before, each.after) for each in changes] == [("A", "B")]
    assert changes[0].cause.alone == ()
    named = {(found.edits[at].kind, found.edits[at].decision) for at in changes[0].cause.together}
    assert named == {("formula", "missed_measures"), ("cell", "rating")}
    assert changes[0].cause.fewest


@pytest.fixture
def mic_sheet() -> Sheet:
    return hyotei.read_sheet(ROOT / "cases" / "mic-24-15" / "sheet.yaml")


def test_a_corpus_and_its_sheets_give_the_same(tmp_path: Path, mic_sheet: Sheet) -> None:
    """Also in several batches, and the same hash."""
    new = parse_rulebook(MIC.replace(*EDITS[0]).replace(*EDITS[5]), "new")
    some = [mic_sheet.model_copy(update={"id": f"s{n}", "fiscal_year": 2011 + n % 3}) for n in range(5)]
    with Corpus.from_sheets(some, tmp_path / "corpus") as corpus:
        found, other = impact(OLD, new, corpus, at_once=1), impact(OLD, new, some)
    assert found == other
    assert (found.old.hash, found.new.hash) == (OLD.hash, new.hash)
    assert hyotei.impact(OLD, OLD, some).moves == ()


def test_what_cannot_be_compared_is_told(mic_sheet: Sheet) -> None:
    """No sheet, no common result, scales that share nothing; years out of force are a warning, and counted."""
    with pytest.raises(HyoteiError, match="HY992"):
        impact(OLD, OLD, [])
    with pytest.raises(HyoteiError, match="HY994"):
        impact(OLD, "sheet-quality", [mic_sheet])
    other = MIC
    for letter, word in (("A", "秀"), ("B", "優"), ("C", "良")):
        other = other.replace(f"  {letter}: 基本", f"  {word}: 基本").replace(f"| {letter}  ", f"| {word} ")
        other = other.replace(f"rating = {letter} ", f"rating = {word} ").replace(f"| {letter}, B", "| 秀, 優")
    for letter, word in (("Ⅰ", "甲"), ("Ⅱ", "乙"), ("Ⅲ", "丙"), ("Ⅳ", "丁")):
        other = other.replace(letter, word)
    with pytest.raises(HyoteiError, match="HY994"):
        impact(OLD, parse_rulebook(other, "other"), [mic_sheet])
    late = mic_sheet.model_copy(update={"fiscal_year": 2030})
    found = impact(OLD, OLD, [late, mic_sheet.model_copy(update={"id": "b"})])
    assert [each.code for each in found.notes] == ["HY993"]
    assert found.all.sheets == 2
