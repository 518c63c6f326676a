"""What versions of decisions give at every unit of many sheets is what the reference gives, whatever was asked for before."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("duckdb")

from hyotei.columnar.decision_reads import figures_read
from hyotei.corpus.corpus import Corpus
from hyotei.impact import decision_versions
from hyotei.impact.batch_values import BatchValues
from hyotei.impact.decision_versions import Versions
from hyotei.impact.sheet_batches import Batch, Sheets, batches
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.unit_tree import unit_tree
from hyotei.sheet import Sheet
from tests import strategies_sheets
from tests.examples import one_in
from tests.impact.edited import edited, numbered
from tests.impact.test_impact import MIC, OLD, mic_edits
from tests.interpreters import exact
from tests.strategies import rulebooks, sheets

FEW = settings(max_examples=one_in(10, least=3), suppress_health_check=list(HealthCheck))


@contextmanager
def kept(some: list[Sheet], in_tables: bool) -> Iterator[Sheets]:
    """The sheets as a corpus, or as they are."""
    if not in_tables:
        yield some
        return
    with TemporaryDirectory() as folder, Corpus.from_sheets(some, Path(folder) / "corpus") as corpus:
        yield corpus


def agree(versions: Versions, batch: Batch, rulebook: Rulebook, some: dict[str, Sheet], places: Sequence[int]) -> None:
    """Every decision at every unit of some sheets."""
    found = versions.of(rulebook)
    numbers = versions.values.number_of[np.array(places, np.int64)]
    for each in found.values():
        versions.decide(each, numbers)
    for place, number in zip(places, numbers.tolist(), strict=True):
        sheet = some[batch.about[place].key]
        right, tree = evaluate(rulebook, sheet), unit_tree(sheet, rulebook)
        for decision in rulebook.decisions:
            units = versions.values.spans(decision.scope)[number]
            told = [exact(found[decision.name].outputs[unit]) for unit in units]
            keys = [unit.key for unit in tree.below(decision.scope)]
            assert told == [exact(right.steps[decision.name, key].outputs) for key in keys], (decision.name, keys)


def follow(books: list[Rulebook], some: list[Sheet], in_tables: bool, data: st.DataObject) -> None:
    """One rulebook after the other, each for some of the sheets and then for all."""
    figures = frozenset().union(*map(figures_read, books))
    figures = frozenset({(each.scope, each.name): each for each in figures}.values())
    with kept(some, in_tables) as asked:
        (batch,) = batches(asked, figures)
        versions = Versions(BatchValues(batch, figures), books[0])
        every = list(range(len(some)))
        for book in [*books, books[0]]:
            few = data.draw(st.lists(st.sampled_from(every), unique=True))
            for places in (few, every):
                agree(versions, batch, book, {each.id: each for each in some}, places)


@FEW
@given(data=st.data(), in_tables=st.booleans(), most=st.sampled_from([0, decision_versions.MOST]))
def test_drawn_rulebooks_with_drawn_edits(data: st.DataObject, in_tables: bool, most: int) -> None:
    books = [data.draw(rulebooks())]
    for _ in range(data.draw(st.integers(1, 4))):
        books.append(data.draw(edited(books[-1])))
    unread = data.draw(st.one_of(st.just(()), strategies_sheets.unread_parts))
    drawn = data.draw(st.lists(sheets(books[0]), min_size=1, max_size=6))
    some = [
        each.model_copy(update={"unread": unread if place % 2 else ()}) for place, each in enumerate(numbered(drawn))
    ]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(decision_versions, "MOST", most)
        follow(books, some, in_tables, data)


@FEW
@given(
    books=st.lists(mic_edits(), min_size=1, max_size=5),
    drawn=st.lists(sheets(OLD), min_size=1, max_size=8),
    in_tables=st.booleans(),
    data=st.data(),
)
def test_the_shipped_rulebook_with_edits_one_after_the_other(
    books: list[Rulebook], drawn: list[Sheet], in_tables: bool, data: st.DataObject
) -> None:
    follow([OLD, *books], numbered(drawn), in_tables, data)


def test_a_decision_is_made_once_for_all_rulebooks_that_have_it_and_only_where_what_it_reads_differs() -> None:
    sheet = Sheet.model_validate({"id": "x", "title": "t", "authority": "a", "fiscal_year": 2012})
    (batch,) = batches([sheet], figures_read(OLD))
    versions = Versions(BatchValues(batch, figures_read(OLD)), OLD)
    before = versions.of(OLD)
    half, cell = ("value: 50%", "value: 80%"), ("|  3  | 40%以上", "|  3  | 60%以上")
    first = versions.of(parse_rulebook(MIC.replace(*half), "new"))
    second = versions.of(parse_rulebook(MIC.replace(*half).replace(*cell), "new"))
    assert first["attainment"] is before["attainment"]
    assert first["result"] is not before["result"]
    assert second["result"] is first["result"]
    assert second["rating"] is not first["rating"]
    for each in second.values():
        versions.decide(each, versions.values.every)
    # Without a measure nothing differs, and what reads no difference is not decided again.
    assert not second["result"].differs.any()
    assert second["budget"].outputs[0] is before["budget"].outputs[0]
