"""The thin driver over durable_rules: rules over facts of integers, forward chaining, one agenda a run.

durable_rules decides which rules hit; the driver counts, guards and hands the hits back. What its C module must
never meet (other types than integers, tables over its limits, a second session, a deleted session in which nothing
fired, names that collide) cannot be expressed through this interface. Nothing runs in the background, and no exception
is swallowed.

Example:
    >>> rate = FactKind("result", ("rate",), (Rule(1, (("rate", ">=", 100),)), Rule(2, (("rate", "<=", 99),))))
    >>> with Ruleset([rate], "example") as ruleset:
    ...     ruleset.run(lambda session: session.add("result", 7, [85]), lambda session, *hit: print(hit))
    ('result', 7, (2,))
"""

import os
import weakref
from collections.abc import Sequence
from operator import itemgetter
from threading import Lock, get_ident
from types import TracebackType
from typing import Self

from hyotei.inference.driver_kinds import FactKind, Rule, Test, checked, property_name
from hyotei.inference.driver_library import Handle, load_engine, refuse
from hyotei.inference.driver_plan import Actions, Limits, chunks, packed, ruleset
from hyotei.inference.driver_session import FIRST_IDENTITY, CompiledKind, OnComplete, Session, Start

__all__ = ["FactKind", "OnComplete", "Rule", "Ruleset", "Session", "Start", "Test"]

DEFAULT_LIMITS = Limits()


class Ruleset:
    """Kinds of facts and their rules, compiled: `run` it any number of times, from any thread, and `close` it.

    The order of `kinds` is the order of the strata: all facts of a kind are complete before a fact of a later kind is
    looked at. Runs of one ruleset take turns under a lock; different rulesets are independent. A forked process may go
    on using it. What a ruleset holds in the C module is freed by `close`, or when it is garbage.

    Raises:
        HyoteiError: HY620 to HY628, all problems of the definitions at once; HY601 to HY608 if the module fails.
    """

    def __init__(self, kinds: Sequence[FactKind], name: str, *, limits: Limits = DEFAULT_LIMITS) -> None:
        """Checks, lays out and registers `kinds`; `name` appears in messages only."""
        checked(kinds)
        self.name = name
        layout = []
        number = 1
        for kind in kinds:
            layout.append(chunks(kind, number, limits))
            number += len(layout[-1])
        plan = packed([chunk for of_kind in layout for chunk in of_kind], limits)
        home = {chunk.number: index for index, part in enumerate(plan) for chunk in part}
        self._kinds: dict[str, CompiledKind] = {}
        for stratum, (kind, parts) in enumerate(zip(kinds, layout, strict=True)):
            tested = sorted({step[1] for chunk in parts for steps, _ in chunk.patterns for step in steps})
            self._kinds[kind.name] = CompiledKind(
                kind.name,
                stratum,
                kind.properties,
                (int,) * len(kind.properties),
                itemgetter(*tested) if tested else _nothing,
                "".join(f',"{property_name(position)}":%d' for position in tested),
                tuple((home[chunk.number], chunk.number) for chunk in parts),
                sum(chunk.size for chunk in parts),
            )
        self._handles: list[tuple[Handle, Actions]] = []
        self._lock = Lock()
        self._owner: int | None = None
        self._release = weakref.finalize(self, _release, self._handles)
        self._release.atexit = False  # the process ends: nothing is left to free, and the module may be gone
        engine = load_engine()
        try:
            for part in plan:
                text, actions = ruleset(part)
                # no property: every test is false, and the catch-all fires alone
                prime = f'{{"id":{FIRST_IDENTITY},"k":{part[0].number}}}'
                self._handles.append((Handle(engine, text, prime), actions))
        except BaseException:
            self._release()
            raise
        _living.add(self)

    def run(self, start: Start, on_complete: OnComplete) -> None:
        """Lets `start` add facts and fires rules until nothing is left, calling `on_complete` for each fact.

        Facts of a kind come in the order of their keys, whatever the order in which they were added. Exceptions of
        `start` and `on_complete` end the run and reach the caller; the next run begins clean.

        Raises:
            HyoteiError: HY604 to HY608 and HY610 to HY615 if the module failed, lost, repeated or garbled something
                (never a wrong answer instead); HY637 inside a run of the same ruleset; HY638 if it is closed.
        """
        self._not_inside()
        with self._lock:
            self._owner = get_ident()
            try:
                if not self._release.alive:
                    refuse("HY638", name=self.name)
                self._clear()  # what an interrupt in an earlier clean-up may have left
                session = Session(self._kinds, self._handles, on_complete)
                try:
                    start(session)
                    session.drive()
                finally:
                    session.end()
                    self._clear()
            finally:
                self._owner = None

    def close(self) -> None:
        """Frees what the ruleset holds in the module, after a run in another thread has ended; again is harmless.

        Raises:
            HyoteiError: HY637 inside a run of the same ruleset.
        """
        self._not_inside()
        with self._lock:
            self._release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _clear(self) -> None:
        for handle, _ in self._handles:
            handle.clear()

    def _not_inside(self) -> None:
        """Refuses a call from inside a run of this ruleset, which would wait for itself."""
        if self._owner == get_ident() and self._lock.locked():
            refuse("HY637", name=self.name)

    def _after_fork(self) -> None:
        """In a new process: a lock held by a thread that was not forked would never be released."""
        if self._lock.locked() and self._owner != get_ident():
            self._lock = Lock()
            self._owner = None


def _nothing(values: Sequence[int]) -> tuple[()]:
    return ()


def _release(handles: list[tuple[Handle, Actions]]) -> None:
    while handles:
        handles.pop()[0].release()


_living: "weakref.WeakSet[Ruleset]" = weakref.WeakSet()


def _renew_locks() -> None:
    for each in _living:
        each._after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_locks)
