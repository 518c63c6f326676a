"""Proofs of drafts: made in the background, told with a sheet where something does not hold, ended by the next change."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("django")
pytest.importorskip("z3")

from tests.workbench.test_drafts import TEXT

GAP = TEXT.replace("| 2 | < 50% | B |", "| 2 | < 40% | B |")


def _draft(client: Any, text: str) -> str:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return str(client.post("/drafts/", {"file": SimpleUploadedFile("small.md", text.encode())}).url)


def _proof(client: Any, to: str) -> str:
    shown = ""
    for _ in range(600):
        shown = client.get(f"{to}proof/").content.decode()
        if 'id="running"' not in shown:
            return shown
        time.sleep(0.1)
    raise AssertionError(shown)


def test_a_draft_with_errors_is_told(person: Any) -> None:
    client = person("analyst")
    shown = _proof(client, _draft(client, TEXT.replace("< 50%", "<< 50%")))
    assert 'role="alert"' in shown
    assert "HY" in shown


@pytest.mark.slow
def test_a_gap_is_shown_by_a_sheet_and_gone_when_it_is_mended(person: Any) -> None:
    client = person("analyst")
    to = _draft(client, GAP)
    shown = _proof(client, to)
    assert "どの行も答えない" in shown
    assert "40%以上50%未満" in shown
    line = GAP.splitlines().index("| U | `count(measures[actual >= target]) / count(measures)` | **rating** |") + 1
    client.post(to, {"seen": "1", "table": str(line), "cell.1.1": "< 50%"})
    mended = _proof(client, to)
    assert "どの行も答えない" not in mended
    assert "すべて証明された" in mended
    english = person("analyst", language="en")
    assert "no row answers" in _proof(english, _draft(english, GAP))


def test_a_change_ends_the_proof(person: Any) -> None:
    from hyotei.workbench.draft_models import Draft
    from hyotei.workbench.draft_proofs import proof_of
    from hyotei.workbench.drafts import state

    client = person("analyst")
    to = _draft(client, TEXT.replace("終わりの文。", "別の文。"))
    draft = Draft.objects.get()
    running = proof_of(draft.pk, state(draft))
    assert proof_of(draft.pk, state(draft)) is running
    client.post(to, {"seen": "1", "section": "0", "text": TEXT.partition("\n\n")[0].replace("小さな", "別の") + "\n\n"})
    assert running.cancelled or running.ended
    assert running.process is None or running.process.wait(10) is not None
    assert proof_of(draft.pk, state(draft)) is not running


@pytest.mark.slow
def test_the_proof_of_a_draft_is_that_of_its_submission_where_both_say_the_same(person: Any, tmp_path: Path) -> None:
    from hyotei.workbench.draft_models import Draft
    from hyotei.workbench.models import Account
    from hyotei.workbench.submission_reports import found_in, request_of
    from hyotei.workbench.submissions import Stated, submit
    from tests.workbench.reviewed import document

    client = person("analyst")
    to = _draft(client, document())
    _proof(client, to)
    draft = Draft.objects.get()
    by = Account.objects.get(name="analyst")
    request = request_of(submit(draft, 1, by, Stated(), "").pk)
    assert request["proof"]["state"] == "proved"
    assert request_of(submit(draft, 1, by, Stated("8"), "").pk)["proof"] is None

    def made(proof: Any) -> dict[str, str]:
        asked = json.dumps({**request, "proof": proof, "out": str(tmp_path)}) + "\n"
        with subprocess.Popen(
            [sys.executable, "-m", "hyotei.workbench.review_process"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        ) as process:
            assert process.stdin is not None
            process.stdin.write(asked.encode())
            process.stdin.flush()
            assert process.wait(120) == 0
        return found_in(tmp_path)

    known = {**request["proof"], "certificate": "known"}
    assert made(known)["certificate"] == "known"
    anew = made(None)
    assert made({**known, "hash": "0" * 64})["certificate"] == anew["certificate"] == request["proof"]["certificate"]
    assert {name: anew[name] for name in ("state", "ja", "en")} == {
        "state": "proved", **request["proof"]["markup"]
    }  # fmt: skip
