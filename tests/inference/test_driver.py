"""The driver gives the hits that a plain reading of the rules gives, and says no in sentences of ours."""

import importlib
import os
import re
import struct
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei.inference import driver_library
from hyotei.inference.driver import FactKind, Rule, Ruleset, Session, Test
from hyotei.inference.driver_kinds import MAX_INTEGER
from hyotei.inference.driver_plan import Limits
from hyotei.messages import HyoteiError, catalogue
from tests.examples import one_in

Hits = dict[tuple[str, int], tuple[int, ...]]
Facts = list[tuple[str, int, tuple[int, ...]]]
Chain = Callable[[str, int, tuple[int, ...]], Facts]

HOLDS: dict[str, Callable[[int, int], bool]] = {"==": int.__eq__, ">=": int.__ge__, "<=": int.__le__}
TIGHT = Limits(open=3, siblings=4, rules=6, chunks=3)
BAND = FactKind("band", ("rate",), (Rule(1, (("rate", ">=", 10),)), Rule(2, (("rate", "<=", 9),))))


def expected_rows(kind: FactKind, values: Sequence[int]) -> tuple[int, ...]:
    """The rows that hit, read from the rules as a person would."""
    of = dict(zip(kind.properties, values, strict=True))
    return tuple(
        sorted(
            {rule.row for rule in kind.rules if all(HOLDS[op](of[name], limit) for name, op, limit in rule.conditions)}
        )
    )


def expected_hits(kinds: Sequence[FactKind], facts: Facts, chain: Chain) -> Hits:
    """All hits of a run, stratum by stratum, without the engine."""
    hits: Hits = {}
    facts = list(facts)
    for kind in kinds:
        for name, key, values in sorted(fact for fact in facts if fact[0] == kind.name):
            hits[name, key] = expected_rows(kind, values)
            facts += chain(name, key, hits[name, key])
    return hits


def no_chain(name: str, key: int, rows: tuple[int, ...]) -> Facts:
    return []


def hits_of(ruleset: Ruleset, facts: Facts, chain: Chain = no_chain) -> Hits:
    """All hits of a run of the engine; each fact must come exactly once, kinds and keys in order."""
    hits: Hits = {}

    def start(session: Session) -> None:
        for fact in facts:
            session.add(*fact)

    def on_complete(session: Session, name: str, key: int, rows: tuple[int, ...]) -> None:
        assert (name, key) not in hits
        hits[name, key] = rows
        for fact in chain(name, key, rows):
            session.add(*fact)

    ruleset.run(start, on_complete)
    return hits


def code_of(failure: pytest.ExceptionInfo[HyoteiError]) -> str:
    """The one code of an error; its sentence must exist in both languages, with nothing left to fill in."""
    (diagnostic,) = failure.value.diagnostics
    assert diagnostic.message("ja") != diagnostic.message("en")  # both can be filled in
    return diagnostic.code


# ---- the domain -------------------------------------------------------------------------------------------------

BORDERS = [sign * (edge - step) for sign in (1, -1) for edge in (MAX_INTEGER, 2**31, 2**32, 10**6) for step in (0, 1)]
numbers = st.integers(-3, 3) | st.sampled_from(BORDERS) | st.integers(-MAX_INTEGER, MAX_INTEGER)
names = st.sampled_from(["rate", "達成率", "id", "sid", "$s", "k", "p0", "a.b", 'quote"', "porbxz", "puscrl", ""])


@st.composite
def fact_kinds(draw: st.DrawFn, name: str) -> FactKind:
    """A kind with constants from a small pool, so that rules touch, overlap, repeat and contradict themselves."""
    properties = tuple(draw(st.lists(names, min_size=draw(st.sampled_from((0, 1, 2))), max_size=4, unique=True)))
    if not properties:
        return FactKind(name, (), tuple(Rule(row, ()) for row in draw(st.lists(st.integers(0, 9), max_size=3))))
    pool = st.sampled_from(draw(st.lists(numbers, min_size=1, max_size=4)))
    tests: st.SearchStrategy[Test] = st.tuples(st.sampled_from(properties), st.sampled_from(("==", ">=", "<=")), pool)
    rules = st.builds(Rule, st.integers(0, 99), st.lists(tests, max_size=4).map(tuple))
    return FactKind(
        name, properties, tuple(draw(st.lists(rules, min_size=draw(st.sampled_from((0, 4, 8))), max_size=14)))
    )


@st.composite
def rulesets(draw: st.DrawFn) -> list[FactKind]:
    return [draw(fact_kinds(name)) for name in ("first", "第二", "third", "fourth")[: draw(st.integers(1, 4))]]


def values_near(draw: st.DrawFn, kind: FactKind) -> tuple[int, ...]:
    """Values on, just under and just over the constants of the rules, and others."""
    values = []
    for name in kind.properties:
        constants = sorted({limit for rule in kind.rules for tested, _, limit in rule.conditions if tested == name})
        near = [c + d for d in (0, -1, 1) for c in constants if abs(c + d) <= MAX_INTEGER]
        values.append(draw(st.sampled_from(constants) | st.sampled_from(near) | numbers if near else numbers))
    return tuple(values)


@st.composite
def fact_lists(draw: st.DrawFn, kinds: Sequence[FactKind]) -> Facts:
    return [
        (kind.name, key, values_near(draw, kind))
        for kind in draw(st.permutations(kinds))
        for key in draw(st.lists(st.integers(-5, 5), min_size=draw(st.sampled_from((0, 2))), max_size=4, unique=True))
    ]


def chain_by_rows(kinds: Sequence[FactKind]) -> Chain:
    """Every complete fact adds one fact to each later kind; its values follow from the rows that were hit."""
    order = [kind.name for kind in kinds]

    def chain(name: str, key: int, rows: tuple[int, ...]) -> Facts:
        later = kinds[order.index(name) + 1 :]
        new_key = 100 * (order.index(name) + 1) + key  # distinct for every parent of direct facts
        if key >= 50:
            return []
        return [(kind.name, new_key, tuple(sum(rows) - 3 + at for at in range(len(kind.properties)))) for kind in later]

    return chain


# ---- the meaning ------------------------------------------------------------------------------------------------


@given(st.data())
def test_hits_are_those_of_a_plain_reading(data: st.DataObject) -> None:
    """Any rules, any facts, chained through all kinds: hits as in a plain reading, whole or cut into many pieces."""
    kinds = data.draw(rulesets())
    facts = data.draw(fact_lists(kinds))
    chain = chain_by_rows(kinds)
    expected = expected_hits(kinds, facts, chain)
    for limits in (Limits(), TIGHT):
        with Ruleset(kinds, "drawn", limits=limits) as ruleset:
            assert hits_of(ruleset, facts, chain) == expected
            assert hits_of(ruleset, facts[::-1], chain) == expected


@settings(max_examples=one_in(4, least=10))
@given(st.data())
def test_the_order_of_facts_and_of_rules_is_irrelevant(data: st.DataObject) -> None:
    """Facts and rules in another order give the same hits in the same order."""
    kinds = data.draw(rulesets())
    facts = data.draw(fact_lists(kinds))
    shuffled = [replace(kind, rules=tuple(data.draw(st.permutations(kind.rules)))) for kind in kinds]
    with Ruleset(kinds, "drawn") as one, Ruleset(shuffled, "shuffled", limits=TIGHT) as other:
        assert list(hits_of(one, facts).items()) == list(hits_of(other, data.draw(st.permutations(facts))).items())


@given(
    constant=st.sampled_from(BORDERS), step=st.sampled_from((-1, 0, 1)), operator=st.sampled_from(("==", ">=", "<="))
)
def test_integers_are_exact_up_to_the_borders(constant: int, step: int, operator: Literal["==", ">=", "<="]) -> None:
    """Neighbours at 2**53 and at other borders of machine integers are told apart by every operator."""
    value = constant + step
    if abs(value) > MAX_INTEGER:
        return
    kind = FactKind("border", ("x",), (Rule(1, (("x", operator, constant),)),))
    with Ruleset([kind], "border") as ruleset:
        assert hits_of(ruleset, [("border", 0, (value,))]) == {("border", 0): (1,) * HOLDS[operator](value, constant)}


@given(low=st.integers(-2, 2), high=st.integers(-2, 2), value=st.integers(-3, 3))
def test_bounds_that_cross_never_hit(low: int, high: int, value: int) -> None:
    """A rule whose bounds contradict each other hits nothing; bounds that meet hit one value."""
    kind = FactKind("bounds", ("x",), (Rule(1, (("x", ">=", low), ("x", "<=", high))),))
    with Ruleset([kind], "bounds") as ruleset:
        assert hits_of(ruleset, [("bounds", 0, (value,))]) == {("bounds", 0): (1,) * (low <= value <= high)}


def test_a_kind_without_rules_or_properties_still_completes() -> None:
    """A kind that only counts facts tells each of them, with no rows."""
    with Ruleset([FactKind("bare", (), ())], "bare") as ruleset:
        assert hits_of(ruleset, [("bare", 2, ()), ("bare", 1, ())]) == {("bare", 1): (), ("bare", 2): ()}


def test_nothing_to_do_is_no_error() -> None:
    """No kinds, or no facts: the run ends at once."""
    with Ruleset([], "empty") as empty, Ruleset([BAND], "band") as band:
        assert hits_of(empty, []) == hits_of(band, []) == {}


def test_facts_come_by_kind_and_key() -> None:
    """Completed facts come in the order of the kinds and, within a kind, of the keys."""
    seen: list[tuple[str, int]] = []

    def start(session: Session) -> None:
        for name, key in (("later", 1), ("band", 3), ("band", -1), ("later", 0), ("band", 2)):
            session.add(name, key, [5])

    with Ruleset([BAND, replace(BAND, name="later")], "order") as ruleset:
        ruleset.run(start, lambda session, name, key, rows: seen.append((name, key)))
    assert seen == [("band", -1), ("band", 2), ("band", 3), ("later", 0), ("later", 1)]


# ---- refusals ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [True, 1.0, Decimal(1), "1", None, MAX_INTEGER + 1, -MAX_INTEGER - 1, 10**400])
def test_a_value_that_is_no_exact_integer_is_refused(value: Any) -> None:
    """Neither facts nor rules nor keys take anything but an int itself; the run goes on without the refused fact."""
    with Ruleset([BAND], "band") as ruleset:

        def start(session: Session) -> None:
            with pytest.raises(HyoteiError) as failure:
                session.add("band", 1, [value])
            assert code_of(failure) == "HY632"
            session.add("band", 2, [10])

        hits: list[int] = []
        ruleset.run(start, lambda session, name, key, rows: hits.extend((key, *rows)))
        assert hits == [2, 1]
    with pytest.raises(HyoteiError) as failure:
        Ruleset([replace(BAND, rules=(Rule(1, (("rate", "==", value),)),))], "band")
    assert code_of(failure) == "HY625"


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        (("nowhere", 1, [1]), "HY630"),
        (("band", 1, []), "HY631"),
        (("band", 1, [1, 2]), "HY631"),
        (("band", "1", [1]), "HY633"),
        (("band", True, [1]), "HY633"),
        (("band", 0, [2]), "HY634"),
    ],
)
def test_a_fact_that_does_not_fit_is_refused(fact: tuple[str, int, list[int]], code: str) -> None:
    """Unknown kinds, a wrong number of values, keys that are no integers or come twice are refused."""

    def start(session: Session) -> None:
        session.add("band", 0, [1])
        session.add(*fact)

    with Ruleset([BAND], "band") as ruleset, pytest.raises(HyoteiError) as failure:
        ruleset.run(start, print)
    assert code_of(failure) == code


def test_all_problems_of_the_definitions_are_told_at_once() -> None:
    """Definitions are checked as a whole, before anything reaches the engine."""
    tests: Any = (("z", "==", 1), ("x", "!=", 2), ("x", ">=", 0.5))
    no_number: Any = "2"
    rules = (Rule(1, tests), Rule(no_number, ()))
    wide = FactKind("wide", tuple(map(str, range(201))), ())
    with pytest.raises(HyoteiError) as failure:
        Ruleset([FactKind("a", ("x", "x"), rules), FactKind("a", (), ()), wide], "broken")
    codes = [diagnostic.code for diagnostic in failure.value.diagnostics]
    assert codes == ["HY621", "HY623", "HY624", "HY625", "HY626", "HY620", "HY622"]
    assert "{" not in str(failure.value)


def test_more_conditions_than_memory_should_hold_are_refused() -> None:
    """Tables that would take gigabytes inside the engine are refused before they are registered."""
    with pytest.raises(HyoteiError) as failure:
        Ruleset([BAND], "band", limits=Limits(conditions=1))
    assert code_of(failure) == "HY628"


def test_a_session_ends_with_its_run() -> None:
    """A session kept beyond its run refuses facts."""
    kept: list[Session] = []
    with Ruleset([BAND], "band") as ruleset:
        ruleset.run(kept.append, print)
    with pytest.raises(HyoteiError) as failure:
        kept[0].add("band", 1, [1])
    assert code_of(failure) == "HY636"


def test_a_closed_ruleset_is_refused_and_closes_again() -> None:
    """`close` is idempotent, and the end of `with` closes; a run after it says that the ruleset is closed."""
    closed = Ruleset([BAND], "band")
    closed.close()
    closed.close()
    with Ruleset([BAND], "band") as left:
        pass
    for ruleset in (closed, left):
        with pytest.raises(HyoteiError) as failure:
            ruleset.run(print, print)
        assert code_of(failure) == "HY638"


@pytest.mark.parametrize("attempt", ["run", "close"])
def test_a_ruleset_inside_itself_is_refused(attempt: str) -> None:
    """A run or a close inside a run of the same ruleset is an error, no deadlock, and the outer run goes on."""
    hits: list[int] = []
    with Ruleset([BAND], "band") as ruleset, Ruleset([BAND], "other") as other:

        def on_complete(session: Session, name: str, key: int, rows: tuple[int, ...]) -> None:
            with pytest.raises(HyoteiError) as failure:
                ruleset.run(print, print) if attempt == "run" else ruleset.close()
            assert code_of(failure) == "HY637"
            assert hits_of(other, [("band", 7, (3,))]) == {("band", 7): (2,)}
            hits.extend(rows)

        ruleset.run(lambda session: session.add("band", 1, [10]), on_complete)
        assert hits == [1]
        assert hits_of(ruleset, [("band", 1, (9,))]) == {("band", 1): (2,)}


# ---- the module -------------------------------------------------------------------------------------------------


@pytest.fixture
def fresh_import() -> Iterator[None]:
    """The C module as if it had not been imported yet; afterwards as before."""
    driver_library.load_engine.cache_clear()
    module = sys.modules.pop(driver_library.MODULE, None)
    yield
    driver_library.load_engine.cache_clear()
    sys.modules.pop(driver_library.MODULE, None)
    if module is not None:
        sys.modules[driver_library.MODULE] = module


@pytest.mark.usefixtures("fresh_import")
def test_a_missing_module_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without durable_rules the error says how to install it, with the compiler it needs."""
    monkeypatch.setattr(sys, "meta_path", [])
    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(HyoteiError) as failure:
        Ruleset([BAND], "band")
    assert code_of(failure) == "HY601"
    assert "-DPyEval_CallObject=PyObject_CallObject" in str(failure.value)


@pytest.mark.usefixtures("fresh_import")
def test_a_module_that_cannot_be_loaded_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken build gives the reason of the loader and how to build it again."""
    suffix = importlib.machinery.EXTENSION_SUFFIXES[0]
    (tmp_path / f"{driver_library.MODULE}{suffix}").write_bytes(b"no library")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(HyoteiError) as failure:
        Ruleset([BAND], "band")
    assert code_of(failure) == "HY602"


@pytest.mark.usefixtures("fresh_import")
def test_a_platform_with_a_short_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a C `long` has 32 bits the constants of rules would be cut: nothing runs there."""
    size = struct.calcsize
    monkeypatch.setattr(struct, "calcsize", lambda kind: 4 if kind == "l" else size(kind))
    with pytest.raises(HyoteiError) as failure:
        Ruleset([BAND], "band")
    assert code_of(failure) == "HY603"


def test_every_message_of_the_engine_is_used_and_has_its_words() -> None:
    """Codes in the source and codes in the catalogue are the same, and both languages fill the same places."""
    sources = Path(driver_library.__file__).parent.glob("driver*.py")
    used = set(re.findall(r'"(HY6[0-3]\d)"', "".join(source.read_text("utf-8") for source in sources)))
    messages = {code: message for code, message in catalogue().items() if "HY600" < code < "HY640"}
    assert used == messages.keys()
    for message in messages.values():
        assert sorted(re.findall(r"\{\w+\}", message.ja)) == sorted(re.findall(r"\{\w+\}", message.en))


# ---- threads and processes --------------------------------------------------------------------------------------


def test_threads_share_a_ruleset() -> None:
    """Several threads on one ruleset each get the hits of their own facts."""
    wrong: list[object] = []
    kinds = [BAND, replace(BAND, name="later")]
    with Ruleset(kinds, "shared") as ruleset:

        def work(number: int) -> None:
            for turn in range(60):
                facts: Facts = [("band", number, (turn,)), ("later", turn, (number,))]
                if hits_of(ruleset, facts) != expected_hits(kinds, facts, no_chain):
                    wrong.append((number, turn))

        threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert not wrong


def test_closing_waits_for_a_run() -> None:
    """A ruleset that is replaced while another thread runs it is freed after that run, which is not disturbed."""
    inside = threading.Event()
    hits: dict[tuple[str, int], tuple[int, ...]] = {}
    ruleset = Ruleset([BAND], "band")

    def hold(session: Session) -> None:
        session.add("band", 1, [10])
        inside.set()
        assert not closing.wait(0.05)

    closing = threading.Event()
    thread = threading.Thread(
        target=ruleset.run, args=(hold, lambda session, name, key, rows: hits.__setitem__(key, rows))
    )
    thread.start()
    assert inside.wait(30)
    ruleset.close()
    closing.set()
    thread.join()
    assert hits == {1: (1,)}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform does not fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_process_goes_on() -> None:
    """A process forked while another thread is inside a run is not locked out, and starts clean."""
    inside, leave = threading.Event(), threading.Event()

    def hold(session: Session) -> None:
        session.add("band", 1, [10])
        inside.set()
        assert leave.wait(30)

    with Ruleset([BAND], "band") as ruleset:
        thread = threading.Thread(target=ruleset.run, args=(hold, lambda *hit: None))
        thread.start()
        assert inside.wait(30)
        child = os.fork()
        if child == 0:
            right = False
            try:
                right = hits_of(ruleset, [("band", 1, (9,))]) == {("band", 1): (2,)}
            finally:
                os._exit(0 if right else 1)
        _, status = os.waitpid(child, 0)
        leave.set()
        thread.join()
    assert os.waitstatus_to_exitcode(status) == 0
