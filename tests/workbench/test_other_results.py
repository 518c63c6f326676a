"""Ways to another result on the page of a sheet: which are asked for, and that they follow the sheet."""

import time
from typing import Any

import pytest

pytest.importorskip("django")

from hyotei.inference.rate import rate
from hyotei.readers import read_sheet
from hyotei.verdict.verdict import Verdict
from hyotei.workbench.other_results_process import next_better
from tests.conftest import ROOT
from tests.workbench.test_sheets import ACTUAL, read_in, text_of

SEED = ROOT / "cases" / "mic-24-15" / "sheet.yaml"


@pytest.fixture(scope="module")
def verdict() -> Verdict:
    return rate(read_sheet(SEED), "mic-2013")


def test_the_next_better_result_is_the_one_above_or_the_best_of_all(verdict: Verdict) -> None:
    scale = verdict.rulebook.scales["rating"].values
    assert scale[0] == verdict.rating
    assert next_better(verdict, "rating") == ()
    assert next_better(verdict, "budget") == ("Ⅰ",)


def test_a_result_that_there_is_not_is_not_looked_for(person: Any) -> None:
    client = person("evaluator")
    page = read_in(client)
    assert client.get(f"{page}other-results/?reach=Z").status_code == 404


@pytest.mark.slow
def test_the_answers_follow_the_sheet(person: Any) -> None:
    client = person("evaluator")
    page = read_in(client)

    def found(query: str = "") -> str:
        for _ in range(600):
            shown = text_of(client.get(f"{page}other-results/{query}"))
            if 'id="running"' not in shown:
                return shown
            time.sleep(0.1)
        raise AssertionError(shown)

    first = found()
    assert "予算の方向 Ⅰ に届くには" in first
    assert "評価区分 A を失うまで" in first
    assert "確実さ" in first
    assert "評価区分 B に届くには" in found("?reach=B")
    client.post(f"{page}figure/", {"path": ACTUAL, "text": "4回", "revision": "1"})
    assert "評価区分 A に届くには" in found()


@pytest.mark.slow
def test_of_a_sheet_that_is_changed_the_earlier_answer_is_not_waited_for(person: Any) -> None:
    from uuid import uuid4

    from hyotei.workbench.other_results import answer_to

    key = uuid4()
    first = answer_to(key, {"sheet": "{}", "rulebook": "", "carried": False, "language": "ja", "reach": "1"})
    second = answer_to(key, {"sheet": "{}", "rulebook": "", "carried": False, "language": "ja", "reach": "2"})
    assert first.cancelled or first.ended
    for _ in range(300):
        if second.ended:
            break
        time.sleep(0.1)
    assert second.ended
    assert second.found is None
    assert second.told
