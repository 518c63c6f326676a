"""What is said to be proved rests on a certificate or a proof of the very same rulebook, and on declared gaps that are there."""

import os
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.messages import Diagnostic
from hyotei.proof.proof_state import CERTIFICATE, ProvedItem, known_state, state_of
from hyotei.proof.results import CheckName, Status, worst
from hyotei.rulebook.cached_rulebooks import read_rulebook
from hyotei.rulebook.library import Entry, library, rubrics
from tests.cli.command import inside

GAP = """---
rulebook: small
title: 小さな基準
authority: 省
standing: draft
fiscal_years: 2011..2013
scales:
  rating: {A: 良, B: 可}
---
# 評価 `rating` — for the sheet

| U | `count(measures[actual >= target])` | **rating** |
|:-:|---|---|
| 1 | >= 2 | A |
| 2 | 0 | B |
"""
DECLARED = GAP.replace("scales:", "known_gaps:\n  rating: 一つのとき\nscales:")
WHOLE = GAP.replace("| 2 | 0 |", "| 2 | < 2 |")
SHIPPED = [*library(), *rubrics()]

ITEMS = st.lists(
    st.builds(
        ProvedItem,
        st.sampled_from(["", *get_args(CheckName)]),
        st.sampled_from(["one", "two"]),
        st.sampled_from(get_args(Status)),
    ),
    max_size=5,
)


@given(ITEMS, st.sets(st.sampled_from(["one", "two"])))
def test_nothing_is_said_to_be_proved_that_is_not(items: list[ProvedItem], declared: set[str]) -> None:
    """All that is no declared gap is proved, every declared gap was found, and without declarations the worst item decides."""
    state = state_of(items, declared)
    if not declared:
        assert state == worst([item.status for item in items])
    if state in ("proved", "gaps_as_declared"):
        rest = [each for each in items if each.status != "proved"]
        assert {each.decision for each in rest} == declared
        assert all(each.status == "refuted" and each.check in ("gap", "overlap") for each in rest)


def put(folder: Path, text: str) -> Path:
    """Writes the rulebook."""
    (folder / "rulebook.md").write_text(text, encoding="utf-8")
    return folder


def test_a_declared_gap_is_shown_and_is_no_failure(tmp_path: Path) -> None:
    """The document still shows the sheet; the exit code is that of a proof, and the note says whose gap it is."""
    done = inside("prove", put(tmp_path, DECLARED), HYOTEI_CACHE=os.environ["HYOTEI_CACHE"])
    assert done.code == 0
    assert "反例あり" in done.out
    assert "HY925" in done.err
    assert known_state(read_rulebook(tmp_path), None) == "gaps_as_declared"


def test_a_gap_that_nobody_declared_fails(tmp_path: Path) -> None:
    """As ever."""
    assert inside("prove", put(tmp_path, GAP), HYOTEI_CACHE=os.environ["HYOTEI_CACHE"]).code == 1
    assert known_state(read_rulebook(tmp_path), None) == "refuted"


def test_a_declared_gap_that_is_none_is_told(tmp_path: Path) -> None:
    """The rulebook says of its source what is not so."""
    done = inside("prove", put(tmp_path, DECLARED.replace("| 2 | 0 |", "| 2 | < 2 |")))
    assert done.code == 1
    assert "HY926" in done.err


def test_a_chosen_law_is_proved_whatever_gaps_are_declared(tmp_path: Path) -> None:
    """Declared gaps concern proofs of everything."""
    assert inside("prove", put(tmp_path, DECLARED), "--law", "no two rows contradict").code == 0


def test_a_defect_of_hyotei_ends_the_proof_of_all_with_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told, and neither a state is kept nor a certificate written, as by a proof of one rulebook."""
    import hyotei.proof.prove as prove_module

    folder = tmp_path / "small"
    folder.mkdir()
    put(folder, WHOLE)
    whole = prove_module.prove
    (entry,) = library(tmp_path)
    defect = Diagnostic("HY901", params={"decision": "rating", "check": "gap"})
    monkeypatch.setattr(prove_module, "prove", lambda *given: replace(whole(*given), defects=(defect,)))
    monkeypatch.setattr("hyotei.rulebook.library.rubrics", tuple)
    monkeypatch.setattr("hyotei.rulebook.library.library", lambda: (entry,))
    for what in ("--all", folder):
        done = inside("prove", what, "--record", HYOTEI_CACHE=os.environ["HYOTEI_CACHE"])
        assert done.code == 2
        assert "HY901" in done.err
        assert not (folder / CERTIFICATE).exists()
        assert known_state(read_rulebook(folder), folder) == "not_proved"


def test_a_certificate_counts_for_its_rulebook_only(tmp_path: Path) -> None:
    """Without a cache it is all that is known; an edit of a rule takes it away, an edit of the prose does not."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "HYOTEI_CACHE", "off")
        put(tmp_path, WHOLE)
        assert known_state(read_rulebook(tmp_path), tmp_path) == "not_proved"
        assert inside("prove", tmp_path, "--record").code == 0
        assert known_state(read_rulebook(tmp_path), tmp_path) == "proved"
        put(tmp_path, WHOLE + "\n文。\n")
        assert known_state(read_rulebook(tmp_path), tmp_path) == "proved"
        put(tmp_path, WHOLE.replace("< 2", "<= 1"))
        assert known_state(read_rulebook(tmp_path), tmp_path) == "not_proved"
        (tmp_path / CERTIFICATE).write_text("{}", encoding="utf-8")
        assert known_state(read_rulebook(tmp_path), tmp_path) == "not_proved"


@pytest.mark.parametrize("entry", SHIPPED, ids=lambda entry: entry.head.id)
def test_every_shipped_rulebook_has_its_certificate(entry: Entry) -> None:
    """Of the rulebook as it is now; `hyotei prove --all --record` renews them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "HYOTEI_CACHE", "off")
        assert known_state(entry.load(), entry.folder) in ("proved", "gaps_as_declared")


@pytest.mark.slow
def test_certificates_are_proved_again() -> None:
    """All that they say holds, and nothing is stale."""
    done = inside("prove", "--all")
    assert done.code == 0
    assert not done.err


def test_all_cases_of_all_rulebooks() -> None:
    """`rulebook test --all` and its document."""
    done = inside("rulebook", "test", "--all", "--json")
    assert done.code == 0
    told = done.json["rulebooks"]
    assert [each["id"] for each in told] == [entry.head.id for entry in SHIPPED]
    assert all(each["count"] == each["passed"] > 0 for each in told)


@pytest.mark.parametrize(
    "arguments",
    [
        ("prove",),
        ("prove", "--all", "mic-2013"),
        ("prove", "--all", "--keep"),
        ("prove", "mic-2013", "--law", "every decision answers", "--record"),
        ("rulebook", "test"),
        ("rulebook", "test", "--all", "--coverage"),
    ],
)
def test_what_does_not_go_together_is_refused(arguments: tuple[str, ...]) -> None:
    """Before any work."""
    assert inside(*arguments).code == 2
