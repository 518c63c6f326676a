"""Processes that work answers out in the background, whatever becomes of them."""

import sys
import time
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

pytest.importorskip("django")

from hyotei.workbench.background_processes import Answer, BackgroundProcesses


@dataclass
class Lines(Answer):
    """What a process said."""

    given: bytes
    said: list[Any] = field(default_factory=list)

    def question(self) -> bytes:
        return self.given

    def take(self, said: dict[str, Any]) -> None:
        self.said.append(said)


def _ended(answer: Lines) -> Lines:
    until = time.monotonic() + 20
    while not answer.ended and time.monotonic() < until:
        time.sleep(0.02)
    assert answer.ended
    return answer


def test_a_process_that_cannot_begin_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for it, and the turn of the next one comes."""
    processes = BackgroundProcesses[Lines]("json.tool", 10, at_once=1, most=4)
    with monkeypatch.context() as broken:
        broken.setattr(sys, "executable", "/nowhere/python")
        assert _ended(processes.answer(uuid4(), "a", lambda: Lines(b"{}"))).said == []
    assert _ended(processes.answer(uuid4(), "b", lambda: Lines(b"{}"))).said == [{}]


def test_what_is_no_answer_of_a_process_is_none() -> None:
    """A module that is not there, and words in place of JSON."""
    for module, given in (("hyotei.nowhere", b""), ("json.tool", b"nonsense"), ("base64", b"")):
        processes = BackgroundProcesses[Lines](module, 10, at_once=1, most=4)
        assert _ended(processes.answer(uuid4(), "a", partial(Lines, given))).said == []


def test_one_question_is_asked_once_and_ends_the_one_before_about_the_same() -> None:
    """A question that was ended is asked anew."""
    processes = BackgroundProcesses[Lines]("json.tool", 10, at_once=1, most=4)
    about = uuid4()
    first = processes.answer(about, "a", lambda: Lines(b"{}"))
    assert processes.answer(about, "a", lambda: Lines(b"[]")) is first
    second = processes.answer(about, "b", lambda: Lines(b"{}"))
    assert first.cancelled or first.ended
    assert processes.begun("b") is second
    processes.cancel(about)
    assert second.cancelled or second.ended
    if first.cancelled:
        assert processes.begun("a") is None
        assert processes.answer(about, "a", lambda: Lines(b"{}")) is not first
