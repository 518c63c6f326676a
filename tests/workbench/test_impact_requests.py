"""The process that compares drafts: what it answers is what the library does, whatever became of it and of requests before."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic_core import to_jsonable_python

pytest.importorskip("django")
pytest.importorskip("duckdb")

from hyotei.impact.impact import impact
from hyotei.readers import read_sheet
from hyotei.report.impact_data import impact_data
from hyotei.report.impact_document import impact_document
from hyotei.rulebook.load import parse_rulebook
from hyotei.sheet import Sheet
from hyotei.workbench import impact_requests
from hyotei.workbench.impact_process import Comparing
from hyotei.workbench.impact_requests import Asked, ImpactRequests, Over
from hyotei.writers.html import markup
from tests.conftest import ROOT
from tests.examples import one_in
from tests.impact.edited import numbered
from tests.impact.test_impact import EDITS
from tests.strategies import sheets

OLD = (ROOT / "rules" / "mic-2013" / "rulebook.md").read_text(encoding="utf-8")
SEED = read_sheet(ROOT / "cases" / "mic-24-15" / "sheet.yaml")
SHEETS = [SEED.model_copy(update={"id": f"sheet {number}", "title": f"施策{number}"}) for number in range(3)]
HERE = Over((0,), lambda: {"corpus": None, "sheets": [each.model_dump_json(by_alias=True) for each in SHEETS]})


def edited(percent: int) -> str:
    assert "value: 50%" in OLD
    return OLD.replace("value: 50%", f"value: {percent}%", 1)


@pytest.fixture(scope="module")
def requests() -> Iterator[ImpactRequests]:
    made = ImpactRequests()
    yield made
    made._end()


def ask(requests: ImpactRequests, new: str, draft: UUID | None = None, account: int = 1, **how: Any) -> Asked:
    over, lines = how.get("over", HERE), how.get("lines", 20)
    return requests.ask(draft or uuid4(), (OLD, new), over, account, "ja", lines)


def done(asked: Asked) -> Asked:
    assert asked.ended.wait(100)
    return asked


def expected(new: str, sheets: Any) -> Any:
    return impact(parse_rulebook(OLD), parse_rulebook(new), sheets)


def data(found: Any) -> Any:
    return json.loads(json.dumps(to_jsonable_python(impact_data(found, "ja"))))


def test_it_answers_as_the_library_does(requests: ImpactRequests, tmp_path: Path) -> None:
    from hyotei.corpus.corpus import Corpus

    for percent in (80, 90):
        found = expected(edited(percent), SHEETS)
        assert done(ask(requests, edited(percent))).markup == markup(impact_document(found, "ja", 20).blocks)
        assert done(ask(requests, edited(percent), lines=None)).data == data(found)
    # A corpus that was built anew in its place is another one.
    for some in (SHEETS, SHEETS[:1]):
        Corpus.from_sheets(some, tmp_path / "corpus").close()
        with Corpus.open(tmp_path / "corpus") as corpus:
            over = Over((corpus.hash,), lambda: {"corpus": str(tmp_path / "corpus")})
            found = data(expected(edited(80), corpus))
        assert done(ask(requests, edited(80), over=over, lines=None)).data == found
    (problem,) = done(ask(requests, OLD.replace("value: 50%", "value: fifty", 1))).told[:1]
    assert problem.message("ja") != problem.message("en")


@settings(max_examples=one_in(20, least=2), suppress_health_check=list(HealthCheck))
@given(
    drawn=st.lists(sheets(parse_rulebook(OLD)), min_size=1, max_size=6),
    changes=st.lists(st.tuples(st.integers(0, 1), st.sampled_from(EDITS)), min_size=2, max_size=8),
)
def test_whatever_drafts_went_through_the_answer_is_that_of_a_fresh_comparison(
    drawn: list[Sheet], changes: list[tuple[int, tuple[str, str]]]
) -> None:
    """Two drafts at a time; an edit that a draft has already is taken back."""
    comparing, some = Comparing(), numbered([*SHEETS, *drawn])
    texts = [each.model_dump_json(by_alias=True) for each in some]
    drafts: list[list[tuple[str, str]]] = [[], []]
    for number, (draft, edit) in enumerate(changes):
        edits = drafts[draft]
        edits.remove(edit) if edit in edits else edits.append(edit)
        new = OLD
        for before, after in edits:
            new = new.replace(before, after)
        request = {"number": number, "old": OLD, "new": new, "language": "ja", "corpus": None, "sheets": texts}
        assert json.loads(json.dumps(comparing.answer({**request, "lines": None})["data"])) == data(expected(new, some))


def test_it_is_begun_again_where_it_was_killed(requests: ImpactRequests) -> None:
    done(ask(requests, edited(60)))
    process = requests._process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert done(ask(requests, edited(61))).markup
    assert requests._process is not process


def test_a_newer_state_ends_requests_of_earlier_ones(requests: ImpactRequests) -> None:
    draft, other = uuid4(), uuid4()
    first = ask(requests, edited(70), account=8)
    earlier, shared = ask(requests, edited(71), draft), ask(requests, edited(72), draft)
    assert earlier.cancelled
    assert earlier.ended.is_set()
    assert ask(requests, edited(72), other) is shared
    now = ask(requests, edited(73), draft)
    assert not shared.cancelled  # the other draft is still in that state
    assert all(done(each).markup for each in (first, shared, now))
    # Going back gives what was found before.
    assert ask(requests, edited(72), draft) is shared


def test_each_account_has_its_turn(requests: ImpactRequests) -> None:
    many = [ask(requests, edited(percent), account=21) for percent in (30, 31, 32, 33)]
    one = done(ask(requests, edited(34), account=22))
    assert one.markup
    assert not many[-1].ended.is_set()
    assert all(done(each).markup for each in many)


def test_a_bound_of_time_is_told_once_and_the_next_is_tried_anew(
    requests: ImpactRequests, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(impact_requests, "SECONDS", 0.001)
    found = done(ask(requests, edited(10)))
    assert found.is_broken
    monkeypatch.undo()
    assert ask(requests, edited(10)) is found
    assert done(ask(requests, edited(10))).markup
