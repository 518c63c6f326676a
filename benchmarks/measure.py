"""Timing that a noisy machine cannot turn into a wrong ratio: both sides in turn, in one run, best and median of many rounds.

Time is processor time, so that it does not count when something else has the processor; undisturbed, it is the time on the clock.
"""

import gc
import os
import platform
import resource
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import psutil


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of processor time a call, one value for each round."""

    rounds: tuple[float, ...]

    @property
    def best(self) -> float:
        return min(self.rounds)

    @property
    def median(self) -> float:
        return statistics.median(self.rounds)


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a report. `value` is a number, or a text where there is none."""

    name: str
    value: float | int | str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """What was aimed at: a ratio that must not be greater than `most`."""

    ratio: str
    most: float


@dataclass(slots=True)
class Report:
    """What a benchmark found, in the order in which it is to be read."""

    title: str
    figures: list[Figure] = field(default_factory=list)
    goal: Goal | None = None
    notes: list[str] = field(default_factory=list)

    def add(self, name: str, value: float | int | str, unit: str = "") -> None:
        self.figures.append(Figure(name, value, unit))

    def value(self, name: str) -> float | int | str:
        return next(figure.value for figure in self.figures if figure.name == name)

    @property
    def met(self) -> bool | None:
        """Whether the goal was met; None where there is none."""
        if self.goal is None:
            return None
        reached = self.value(self.goal.ratio)
        return not isinstance(reached, str) and reached <= self.goal.most

    def data(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "figures": [{"name": each.name, "value": each.value, "unit": each.unit} for each in self.figures],
            "goal": None
            if self.goal is None
            else {"ratio": self.goal.ratio, "at_most": self.goal.most, "met": self.met},
            "notes": self.notes,
        }


def children_time() -> float:
    """Processor time of all child processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def in_turn(
    sides: Mapping[str, Callable[[], object]], rounds: int, calls: int, clock: Callable[[], float] = time.process_time
) -> dict[str, Timing]:
    """Times all sides in every round, first one side first, then the other, so that a slow moment hits both.

    The garbage collector runs as it does for a user, but begins each side with nothing to do.
    """
    found: dict[str, list[float]] = {name: [] for name in sides}
    for call in sides.values():
        call()
    for number in range(rounds):
        order = list(sides.items())
        for name, call in order if number % 2 == 0 else reversed(order):
            gc.collect()
            begun = clock()
            for _ in range(calls):
                call()
            found[name].append((clock() - begun) / calls)
    return {name: Timing(tuple(times)) for name, times in found.items()}


def ratio(ours: Timing, peer: Timing) -> float:
    """Our time over the peer's: the median of the ratios of the rounds, each taken at one moment."""
    return statistics.median(one / other for one, other in zip(ours.rounds, peer.rounds, strict=True))


def megabytes() -> float:
    """The memory this process holds (RSS), in MB."""
    return float(psutil.Process().memory_info().rss) / 1e6


def machine() -> str:
    """The class of machine, without its name."""
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
