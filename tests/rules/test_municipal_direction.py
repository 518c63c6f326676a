"""The rulebook inferred from a city's list: it comes out as often as it says of itself, and the same in tables as one by one."""

from collections import Counter
from pathlib import Path

import pytest

from hyotei.inference.rate import rate
from hyotei.readers.sheets_of_paths import read_sheets
from hyotei.rulebook.library import load_rulebook
from hyotei.sheet import Sheet
from hyotei.sheet.facts import fact_of
from tests.cli.command import inside
from tests.conftest import ROOT

BOOK = load_rulebook("municipal-direction")
TEXT = (ROOT / "rules" / "municipal-direction" / "rulebook.md").read_text("utf-8")
MARKS = (
    "alignment", "public_role", "scope_fit", "room_to_improve", "effect_of_ending", "room_to_cut_cost", "room_to_cut_hours",
    "fairness",
)  # fmt: skip


@pytest.fixture(scope="module")
def workbook(shared: Path) -> Path:
    """The published list of 205 programmes."""
    return shared / "data" / "municipal" / "municipal-list-dev.xlsx"


@pytest.fixture(scope="module")
def programmes(workbook: Path) -> list[Sheet]:
    """Its programmes."""
    return [found.sheet for found in read_sheets([workbook]) if found.sheet is not None]


def test_it_comes_out_as_often_as_it_says(programmes: list[Sheet]) -> None:
    """Row by row, for the section and for the manager; the numbers stand in its prose."""
    counts: Counter[tuple[int, str]] = Counter()
    for sheet in programmes:
        verdict = rate(sheet, BOOK)
        row = verdict.derivation.steps["rating", "sheet"].rows[0]
        opinion = fact_of(sheet.recorded.results, "manager_direction")
        assert opinion is not None
        counts[row, "all"] += 1
        counts[row, "section"] += verdict.rating == sheet.recorded.rating
        counts[row, "manager"] += verdict.derivation.value("manager_direction") == opinion.text
    said = [[cell.strip() for cell in line.strip("|").split("|")] for line in TEXT.splitlines() if line.startswith("|")]
    shown = {int(cells[0]): tuple(map(int, cells[2:])) for cells in said if len(cells) == 5 and cells[0].isdigit()}
    assert shown == {
        row: (counts[row, "all"], counts[row, "section"], counts[row, "manager"]) for row, of in counts if of == "all"
    }
    section, manager = (sum(count for (_, of), count in counts.items() if of == who) for who in ("section", "manager"))
    assert f"所管課の方向は{section}（" in TEXT
    assert f"課長等の意見は{manager}（" in TEXT


def test_the_draft_of_the_eight_marks_is_what_it_says(workbook: Path, tmp_path: Path) -> None:
    """Of eight facts the draft keeps two, and its document loads and differs from as many sheets as its prose tells."""
    out = tmp_path / "rulebook.md"
    done = inside("imply", workbook, "--inputs", ",".join(f"{mark}+" for mark in MARKS), "-o", out, "--json")
    assert done.code == 0, done.err
    assert (done.json["sheets"], done.json["disagree"]) == (205, 34)
    assert "205事業のうち34だけが違う表" in TEXT
    rows = [line for line in out.read_text("utf-8").splitlines() if "件中" in line]
    assert [[cell for cell in line.split("|") if "余地がない" in cell] != [] for line in rows] == [True, False]
    assert inside("rulebook", "check", out).code == 0
    assert "記載と導いた結果" in inside("audit", workbook, "--rulebook", out, "--checks", "none").out


def test_both_recorded_results_are_compared_alike_one_by_one_and_in_tables(workbook: Path, tmp_path: Path) -> None:
    """Section and manager go by the names of the rulebook, with a matrix on its scale and reasons of what differs."""
    assert inside("corpus", "build", workbook, "-o", tmp_path / "corpus").code == 0
    one, other = (inside("audit", source, "--checks", "none", "--json") for source in (workbook, tmp_path / "corpus"))
    assert (one.code, one.json["sheets"]) == (0, other.json["sheets"])
    compared = [each for audit in one.json["sheets"] for each in audit["comparisons"]]
    assert Counter((each["output"], each["title"]) for each in compared) == {
        ("rating", "今後の方向"): 205, ("manager_direction", "課長等の意見"): 205,
    }  # fmt: skip
    differing = [each for each in compared if each["agreement"] == "rules_differ"]
    assert {"成果の向上余地 向上余地がある：成果の向上余地がある"} < {each["why"] for each in differing}
    assert all(each["why"] and each["why_not"] and each["steps"] for each in differing)
