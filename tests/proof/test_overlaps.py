"""Overlapping rows of freely drawn U and A tables are those that brute force finds: each pair, however many overlap."""

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei.proof.checks.overlaps import MOST_PAIRS, clashing_pairs, overlaps
from hyotei.proof.checks.table_under_proof import TableUnderProof
from hyotei.proof.enumeration import Enumeration
from hyotei.proof.prove import prove
from hyotei.proof.prover import Prover
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Decision, Rulebook, Table
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.values import REASONS, Scalar, Unknown
from hyotei.sheet import Sheet
from tests.cli.command import inside
from tests.rulebook.small import rulebook, table
from tests.strategies import HALF

FRONT = """---
rulebook: overlapping
title: 重なり
authority: 省
standing: draft
fiscal_years: 2012
scales:
  rating: {A: 良, B: 可, C: 不可}
  kind: {p: 甲, q: 乙, r: 丙}
---
# x `x` — for the sheet

    sum(measures.actual)

# kind `kind` — for the sheet

| F | `sum(measures.target)` | **kind** |
|---|---|---|
| 1 | 1 | p |
| 2 | 2 | q |
| 3 | - | r |

# rating `rating` — for the sheet

"""
NUMBERS = (
    "-", "30以上", "20以上", "10以上", "10未満", "[10..20]", "(20..30)", "not(20)", "20", "unknown", "unknown, 30以上",
    "unknown(missing)",
)  # fmt: skip
KINDS = ("-", "p", "q, r", "not(p)", "unknown", "p, unknown")
SHEET = Sheet(id="x", title="x", authority="省", fiscal_year=2012)
POINTS: tuple[Scalar, ...] = (*map(Decimal, (5, 10, 15, 20, 25, 30, 35)), *map(Unknown, REASONS))
VALUES: tuple[Scalar, ...] = ("p", "q", "r", *map(Unknown, REASONS))


@dataclass(frozen=True)
class Drawn:
    """A table with two columns."""

    policy: str
    rows: tuple[tuple[str, str, str], ...]

    def text(self) -> str:
        head = f"| {self.policy} | `x` | `kind` | **rating** |\n|---|---|---|---|\n"
        return FRONT + head + "".join(f"| {at} | {a} | {b} | {c} |\n" for at, (a, b, c) in enumerate(self.rows, 1))

    def book(self) -> Rulebook:
        return parse_rulebook(self.text())

    def brute_force(self, book: Rulebook) -> set[tuple[int, int]]:
        """The pairs that make a conflict for some values, by the reference."""
        found: set[tuple[int, int]] = set()
        for x, kind in product(POINTS, VALUES):
            step = evaluate(book, SHEET, {("x", "sheet"): x, ("kind", "sheet"): kind}).steps["rating", "sheet"]
            if step.outcome == "conflict":
                found |= {
                    (one, other)
                    for one, other in product(step.rows, step.rows)
                    if one < other and (self.policy == "U" or self.rows[one - 1][2] != self.rows[other - 1][2])
                }
        return found


@st.composite
def tables(draw: st.DrawFn) -> Drawn:
    row = st.tuples(st.sampled_from(NUMBERS), st.sampled_from(KINDS), st.sampled_from(("A", "B", "C", "unknown")))
    return Drawn(draw(st.sampled_from("UA")), tuple(draw(st.lists(row, min_size=2, max_size=6))))


def found_by_proof(book: Rulebook) -> tuple[set[tuple[int, int]], Prover]:
    prover = Prover(book)
    body = book.by_name["rating"].body
    assert isinstance(body, Table)
    table_under_proof = TableUnderProof(prover, book.by_name["rating"], body)
    pairs, why = clashing_pairs(table_under_proof)
    assert why == ""
    assert table_under_proof.swept is not None
    told = {check.rows for check in overlaps(table_under_proof) if check.rows}
    prover.close()
    assert told == set(pairs)
    return set(pairs), prover


def agree(drawn: Drawn) -> None:
    book = drawn.book()
    pairs, prover = found_by_proof(book)
    assert pairs == drawn.brute_force(book)
    assert prover.defects == [], "the second method agrees"


@HALF
@given(tables())
def test_overlaps_are_those_of_brute_force(drawn: Drawn) -> None:
    """Neither method misses a pair or has one too many."""
    agree(drawn)


@pytest.mark.slow
@settings(max_examples=2_000)
@given(tables())
def test_overlaps_are_those_of_brute_force_on_many_tables(drawn: Drawn) -> None:
    """The same of many tables."""
    agree(drawn)


def test_pairs_that_only_occur_together_are_all_found() -> None:
    """Of nested rows each pair is told, and nothing is a defect of Hyotei."""
    drawn = Drawn("U", (("30以上", "-", "A"), ("20以上", "-", "B"), ("10以上", "-", "C")))
    report = prove(drawn.book())
    assert {check.rows for check in report.checks if check.name == "overlap"} == {(1, 2), (1, 3), (2, 3)}
    assert report.defects == ()


def test_a_table_with_very_many_pairs_tells_the_first() -> None:
    """What is told is a part of what there is, and no disagreement."""
    drawn = Drawn("U", (("-", "-", "A"),) * 13)
    pairs, prover = found_by_proof(drawn.book())
    assert len(pairs) == MOST_PAIRS < 13 * 12 // 2
    assert prover.defects == []


def test_a_row_that_answers_in_its_table_but_on_no_sheet_is_told() -> None:
    """Of one measure two cannot have reached their targets: the columns allow it, no sheet does, and that is a remark."""
    rows = "| 1 | 2以上 | 1 | true |\n| 2 | 2以上 | 2以上 | true |\n| 3 | - | - | false |"
    columns = "| F | `count(measures[actual >= target])` | `count(measures)` | **y** |"
    checks = prove(rulebook(table(f"{columns}\n{rows}"))).checks
    told = [
        (each.rows, each.method, each.note) for each in checks if each.name == "masked" and each.status == "refuted"
    ]
    assert told == [((1,), "any_number", True)]


def test_a_disagreement_is_told_after_everything_else(tmp_path: Path) -> None:
    """A second method that is wrong ends nothing: all else is told, the check stays open, and the exit code is 2."""
    from hyotei.proof.checks import table_under_proof
    from hyotei.proof.enumeration import sweeps

    def wrong(rulebook: Rulebook, decision: Decision, table: Table) -> list[Enumeration]:
        found = sweeps(rulebook, decision, table)
        return [replace(sweep, gaps=[] if sweep.gaps else [(1,) * len(sweep.columns)]) for sweep in found]

    rows = (("20以上", "-", "A"), ("30以上", "p", "B"), ("20未満, unknown", "-", "C"))
    book = tmp_path / "rulebook.md"
    book.write_text(
        Drawn("U", rows).text().replace("---\n#", "laws:\n  - every rating is reachable\n---\n#", 1), encoding="utf-8"
    )
    with patch.object(table_under_proof, "sweeps", wrong):
        done = inside("prove", book, "--lang", "en")
        data = inside("prove", book, "--json").json
    assert done.code == 2
    assert "every rating is reachable" in done.out
    assert "contradicting rows 1 and 2" in done.out
    assert "two methods differ" in done.out
    assert "HY901" in done.err
    assert [(each["code"]) for each in data["defects"]] == ["HY901", "HY901"]
    assert {each["why"] for each in data["checks"] if each["name"] == "gap"} == {"differs"}
