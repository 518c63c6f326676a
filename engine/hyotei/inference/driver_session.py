"""One run of a ruleset: its facts, their hits, and the proof that every fact was dealt with."""

from collections.abc import Callable, Sequence
from typing import NoReturn

from hyotei.inference.driver_kinds import MAX_INTEGER, is_exact, shown
from hyotei.inference.driver_library import Handle, refuse
from hyotei.inference.driver_plan import Actions
from hyotei.lazy_dataclass import dataclass

MAX_FACTS = 100_000
"""Greatest number of facts inside the module in one run (a fact counts once for each chunk of its kind; 8 KB each)."""

FIRST_IDENTITY = 10_000_000
"""Facts are numbered from here inside the module, so that all identities have eight digits."""

_RULE = slice(2, 7)  # where {"00012":{"m":{"id":10000003,... has the name of the rule
_IDENTITY = slice(20, 28)  # and the identity of the fact


Start = Callable[["Session"], None]
"""Adds the first facts of a run, of any kinds."""
OnComplete = Callable[["Session", str, int, tuple[int, ...]], None]
"""Told once for each fact: session, kind, key, the rows it hit, sorted and distinct. May add facts of later kinds."""


@dataclass(frozen=True, slots=True)
class CompiledKind:
    """A kind as `Session.add` needs it."""

    name: str
    stratum: int
    properties: tuple[str, ...]
    types: tuple[type, ...]
    used: Callable[[Sequence[int]], object]  # the values that some rule tests, as arguments of `template`
    template: str
    places: tuple[tuple[int, int], ...]  # for each chunk: index of its handle, number of the chunk
    size: int  # how many rules one fact can fire


class _Fact:
    """A fact under way: what it hit, and how many chunks have still to have their turn."""

    __slots__ = ("hits", "open", "stratum")

    def __init__(self, stratum: int, chunks: int) -> None:
        self.stratum = stratum
        self.open = chunks
        self.hits: list[int] = []


class Session:
    """The facts of one run. It lives as long as its `Ruleset.run` and belongs to the thread of that call."""

    def __init__(
        self, kinds: dict[str, CompiledKind], handles: Sequence[tuple[Handle, Actions]], on_complete: OnComplete
    ):
        self._kinds = kinds
        self._names = list(kinds)
        self._handles = handles
        self._on_complete = on_complete
        self._over = False
        self._stratum = -1  # the last kind that is complete: facts may be added to later ones only
        self._live = -1  # index of the handle that is being driven
        self._waiting: list[list[str]] = [[] for _ in handles]  # facts for handles whose turn has not come
        self._facts: list[dict[int, _Fact]] = [{} for _ in kinds]  # by stratum, by key
        self._by_identity: dict[str, _Fact] = {}
        self._unfinished = [0] * len(kinds)  # by stratum: facts that are not complete
        self._completed = 0
        self._firings_left = 0

    def add(self, kind: str, key: int, values: Sequence[int]) -> None:
        """Asserts a fact: `values` in the order of the properties of its kind, exact integers within +-2**53.

        `key` names the fact among those of its kind and comes back with its hits; it never enters the module. In
        `on_complete` only facts of kinds later in the order of the ruleset may be added.

        Raises:
            HyoteiError: HY614 and HY630 to HY636; the fact was not added, and the run can go on.
        """
        known = self._kinds.get(kind)
        if known is None:
            refuse("HY630", kind=shown(kind))
        if (
            self._over
            or known.stratum <= self._stratum
            or type(key) is not int
            or tuple(map(type, values)) != known.types
            or (values and (min(values) < -MAX_INTEGER or max(values) > MAX_INTEGER))
        ):
            self._refuse(known, key, values)
        facts = self._facts[known.stratum]
        if key in facts:
            refuse("HY634", kind=kind, key=str(key))
        by_identity = self._by_identity
        if len(by_identity) + len(known.places) > MAX_FACTS:
            refuse("HY614", limit=str(MAX_FACTS))
        fact = facts[key] = _Fact(known.stratum, len(known.places))
        self._unfinished[known.stratum] += 1
        self._firings_left += known.size
        body = known.template % known.used(values)
        for index, number in known.places:
            identity = str(FIRST_IDENTITY + len(by_identity))
            by_identity[identity] = fact
            text = f'{{"id":{identity},"k":{number}{body}}}'
            if index == self._live:
                self._handles[index][0].add(text)
            else:
                self._waiting[index].append(text)

    def _refuse(self, known: CompiledKind, key: object, values: Sequence[object]) -> NoReturn:
        """Says which condition of `add` was not met."""
        kind = known.name
        if self._over:
            refuse("HY636")
        if known.stratum <= self._stratum:
            refuse("HY635", kind=kind, complete=self._names[self._stratum])
        if type(key) is not int:
            refuse("HY633", kind=kind, key=shown(key))
        if len(values) != len(known.properties):
            refuse("HY631", kind=kind, count=str(len(values)), expected=str(len(known.properties)))
        name, value = next(pair for pair in zip(known.properties, values, strict=True) if not is_exact(pair[1]))
        refuse("HY632", kind=kind, property=name, value=shown(value))

    def end(self) -> None:
        """Refuses facts from now on."""
        self._over = True

    def drive(self) -> None:
        """Drives the handles one after the other until every agenda is empty, then accounts for every fact."""
        for index, (handle, actions) in enumerate(self._handles):
            self._live = index
            if self._waiting[index]:
                self._drive_handle(handle, actions, self._waiting[index])
                handle.clear()
        asserted = sum(map(len, self._facts))
        if asserted != self._completed:
            refuse("HY610", asserted=str(asserted), completed=str(self._completed))

    def _drive_handle(self, handle: Handle, actions: Actions, waiting: list[str]) -> None:
        for text in waiting:
            handle.add(text)
        by_identity = self._by_identity
        message = handle.first()
        while message is not None:
            self._firings_left -= 1
            if self._firings_left < 0:
                refuse("HY611")
            try:
                rows, last = actions[message[_RULE]]
                fact = by_identity[message[_IDENTITY]]
            except KeyError:
                refuse("HY613", message=shown(message))
            if fact.stratum <= self._stratum:  # its hits have been handed over already
                refuse("HY615", kind=self._names[fact.stratum])
            if rows:
                fact.hits.extend(rows)
            if last:
                fact.open -= 1
                if not fact.open:
                    self._settle(fact.stratum)
            message = handle.next()

    def _settle(self, stratum: int) -> None:
        """Counts a complete fact; with the last of its kind, hands over all of them in the order of their keys."""
        self._unfinished[stratum] -= 1
        if self._unfinished[stratum]:
            return
        self._stratum = stratum
        name, facts = self._names[stratum], self._facts[stratum]
        self._completed += len(facts)
        for key in sorted(facts):
            self._on_complete(self, name, key, tuple(sorted(set(facts[key].hits))))
