"""Every known pitfall of durable_rules 2.0.28, one test each: a guard refuses it, or it cannot bite."""

import gc
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

import psutil
import pytest

from hyotei.inference.driver import FactKind, Rule, Ruleset, Session
from hyotei.inference.driver_kinds import MAX_PROPERTIES, fnv32, names_are_distinct, property_name
from hyotei.inference.driver_library import ERRORS, RuleModule, load_engine, translated
from hyotei.inference.driver_session import FIRST_IDENTITY, MAX_FACTS
from hyotei.messages import HyoteiError

BAND = FactKind("band", ("rate",), (Rule(1, (("rate", ">=", 10),)), Rule(2, (("rate", "<=", 9),))))


def rows_of(ruleset: Ruleset, *values: int) -> tuple[int, ...]:
    """The rows hit by one fact of the first kind."""
    found: list[tuple[int, ...]] = []
    kind = next(iter(ruleset._kinds))
    ruleset.run(lambda session: session.add(kind, 0, values), lambda session, name, key, rows: found.append(rows))
    (rows,) = found
    return rows


def code_of(failure: pytest.ExceptionInfo[HyoteiError]) -> str:
    (diagnostic,) = failure.value.diagnostics
    assert diagnostic.message("ja") != diagnostic.message("en")  # both can be filled in
    return diagnostic.code


def add_bands(*keys: int) -> Callable[[Session], None]:
    """Starts a run with facts of the kind `band`, each with its key as its value."""

    def start(session: Session) -> None:
        for key in keys:
            session.add("band", key, [key])

    return start


class Faulty:
    """The real module with a fault that can be switched on: what a guard must notice."""

    def __init__(self, module: RuleModule) -> None:
        self.module = module
        self.error = module.error
        self.calls: list[str] = []
        self.create_ruleset = self._call("create_ruleset")
        self.delete_ruleset = self._call("delete_ruleset")
        self.assert_fact = self._call("assert_fact")
        self.start_action_for_state = self._call("start_action_for_state")
        self.complete_and_start_action = self._call("complete_and_start_action")
        self.delete_state = self._call("delete_state")

    def _call(self, name: str) -> Callable[..., object]:
        real = getattr(self.module, name)

        def call(*arguments: object) -> object:
            self.calls.append(name)
            return real(*arguments)

        return call


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> Faulty:
    engine = Faulty(load_engine())
    monkeypatch.setattr("hyotei.inference.driver.load_engine", lambda: engine)
    return engine


def resident() -> int:
    """Memory of this process in KB."""
    gc.collect()
    return int(psutil.Process().memory_info().rss) // 1024


# ---- values and names -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [1e-7, 5e-05, float("nan"), None, "5", "a" * 65536, True, 2**63, 2**63 - 1])
def test_values_that_the_module_garbles_never_enter(value: Any) -> None:
    """Pitfall: floats vanish from batches, null fails all tests, "5" equals 5, long strings collide, 2**63 is cut."""
    with Ruleset([BAND], "band") as ruleset, pytest.raises(HyoteiError) as failure:
        ruleset.run(lambda session: session.add("band", 0, [value]), print)
    assert code_of(failure) == "HY632"


def test_a_missing_property_cannot_occur() -> None:
    """Pitfall: every test on a missing property is false. A fact has all its properties or is refused."""
    kind = FactKind("two", ("a", "b"), (Rule(1, (("b", "<=", 0),)),))
    with Ruleset([kind], "two") as ruleset, pytest.raises(HyoteiError) as failure:
        rows_of(ruleset, 1)
    assert code_of(failure) == "HY631"


def test_names_with_one_hash_stay_two_properties() -> None:
    """Pitfall: `porbxz` and `puscrl` have the same FNV-32 hash and are one property to the module."""
    assert fnv32("porbxz") == fnv32("puscrl")
    kind = FactKind(
        "colliding", ("porbxz", "puscrl"), (Rule(1, (("porbxz", "==", 1),)), Rule(2, (("puscrl", "==", 1),)))
    )
    with Ruleset([kind], "colliding") as ruleset:
        assert [rows_of(ruleset, 1, 0), rows_of(ruleset, 0, 1), rows_of(ruleset, 1, 1)] == [(1,), (2,), (1, 2)]


def test_generated_names_do_not_collide() -> None:
    """Pitfall: the same, for the names that the driver itself makes; their hashes are checked before registering."""
    assert names_are_distinct()
    assert len({fnv32(property_name(position)) for position in range(MAX_PROPERTIES)}) == MAX_PROPERTIES


def test_a_collision_of_generated_names_would_be_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pitfall: the same; were the names ever made otherwise, the check would refuse."""
    monkeypatch.setattr("hyotei.inference.driver_kinds.fnv32", lambda name: 0)
    names_are_distinct.cache_clear()
    try:
        with pytest.raises(HyoteiError) as failure:
            Ruleset([BAND], "band")
    finally:
        names_are_distinct.cache_clear()
    assert code_of(failure) == "HY627"


@pytest.mark.parametrize("name", ["id", "sid", "$s", "$m", "a.b", "k", 'a"b', "a\\", "\0", "達成率", "exception", ""])
def test_reserved_names_are_ordinary(name: str) -> None:
    """Pitfall: `id` is the identity, `sid` the session (rules on it loop for ever), dots and $ have meanings."""
    kind = FactKind(name, (name,), (Rule(1, ((name, ">=", 3),)),))
    with Ruleset([kind], name) as ruleset:
        assert [rows_of(ruleset, 3), rows_of(ruleset, 2)] == [(1,), ()]


def test_two_tests_of_a_rule_both_count() -> None:
    """Pitfall: of two tests in one pattern the module ignores the second. Each has its own place in a conjunction."""
    kind = FactKind("two", ("a", "b"), (Rule(1, (("a", "==", 1), ("b", "==", 2))),))
    with Ruleset([kind], "two") as ruleset:
        assert [rows_of(ruleset, 1, 2), rows_of(ruleset, 1, 3), rows_of(ruleset, 0, 2)] == [(1,), (), ()]


@pytest.mark.parametrize("operator", ["!=", "$neq", "$nex", "$or", "$mt", "<", ">"])
def test_the_dangerous_vocabulary_cannot_be_said(operator: Any) -> None:
    """Pitfall: joins, `none`, `any`, `count`, `$nex`, arithmetic crash, hang or err. Only ==, >= and <= exist here."""
    with pytest.raises(HyoteiError) as failure:
        Ruleset([replace(BAND, rules=(Rule(1, (("rate", operator, 1),)),))], "band")
    assert code_of(failure) == "HY624"


# ---- sizes ------------------------------------------------------------------------------------------------------


def test_a_thousand_sibling_conditions_do_not_hang() -> None:
    """Pitfall: with 512 different conditions side by side, registering loops for ever and holds the interpreter."""
    kind = FactKind("code", ("x",), tuple(Rule(row, (("x", "==", row),)) for row in range(1000)))
    with Ruleset([kind], "code") as ruleset:
        assert [rows_of(ruleset, 0), rows_of(ruleset, 511), rows_of(ruleset, 999), rows_of(ruleset, 1000)] == [
            (0,),
            (511,),
            (999,),
            (),
        ]


def test_a_thousand_open_conditions_are_no_error() -> None:
    """Pitfall: a fact for which 65 conditions are open at once is refused (error 303), as in a table of 70 bounds."""
    kind = FactKind("nested", ("x",), tuple(Rule(row, (("x", ">=", row),)) for row in range(1000)))
    with Ruleset([kind], "nested") as ruleset:
        assert rows_of(ruleset, 998) == tuple(range(999))


def test_a_table_of_intervals_may_have_any_length() -> None:
    """Pitfall: an interval table of more than 60 rows overflows the same stack."""
    intervals = tuple(Rule(row, (("x", ">=", 10 * row), ("x", "<=", 10 * row + 9))) for row in range(700))
    with Ruleset([FactKind("interval", ("x",), intervals)], "interval") as ruleset:
        assert [rows_of(ruleset, value) for value in (-1, 0, 9, 10, 6999, 7000)] == [(), (0,), (0,), (1,), (699,), ()]


def test_thousands_of_rules_may_share_a_pattern() -> None:
    """Pitfall: the 257th rule with one pattern is written past the end of a list. Equal patterns become one rule."""
    same = tuple(Rule(row, (("x", ">=", 5),)) for row in range(2000))
    with Ruleset([FactKind("same", ("x",), same)], "same") as ruleset:
        assert [rows_of(ruleset, 5), rows_of(ruleset, 4)] == [tuple(range(2000)), ()]


def test_more_rules_than_one_ruleset_takes() -> None:
    """Pitfall: 4097 rules are refused (error 106). They are spread over rulesets that are driven in turn."""
    rules = tuple(Rule(row, (("x", "==", row // 70), ("y", "==", row % 70))) for row in range(4900))
    kinds = [FactKind(name, ("x", "y"), rules) for name in ("first", "second")]
    hits: list[object] = []

    def start(session: Session) -> None:
        for key in (69, 3):
            session.add("first", key, [key, key])

    def chain(session: Session, name: str, key: int, rows: tuple[int, ...]) -> None:
        hits.append((name, key, rows))
        if name == "first":
            session.add("second", key, [69 - key, key])

    with Ruleset(kinds, "many") as ruleset:
        assert len(ruleset._handles) > 2
        ruleset.run(start, chain)
    assert hits == [("first", 3, (213,)), ("first", 69, (4899,)), ("second", 3, (4623,)), ("second", 69, (69,))]


def test_more_kinds_than_one_ruleset_takes() -> None:
    """Pitfall: kinds are siblings, too; 600 of them hang the module. They are spread as well, and still chain."""
    kinds = [FactKind(str(number), ("x",), (Rule(number, (("x", ">=", 0),)),)) for number in range(600)]
    hits: list[int] = []

    def chain(session: Session, name: str, key: int, rows: tuple[int, ...]) -> None:
        hits.extend(rows)
        if int(name) < 599:
            session.add(str(int(name) + 1), 0, [1])

    with Ruleset(kinds, "kinds") as ruleset:
        ruleset.run(lambda session: session.add("0", 0, [1]), chain)
    assert hits == list(range(600))


def test_a_rule_may_test_every_property() -> None:
    """Pitfall: more than 32 entries in one sequence are error 113, more than 253 properties error 302."""
    names = tuple(map(str, range(MAX_PROPERTIES)))
    ends: tuple[tuple[Literal[">=", "<="], int], ...] = ((">=", 0), ("<=", 9))
    both = tuple((name, operator, bound) for name in names for operator, bound in ends)
    with Ruleset([FactKind("wide", names, (Rule(1, both),))], "wide") as ruleset:
        assert rows_of(ruleset, *[5] * MAX_PROPERTIES) == (1,)
        assert rows_of(ruleset, *[5] * (MAX_PROPERTIES - 1), 10) == ()


# ---- facts ------------------------------------------------------------------------------------------------------


def test_a_fact_that_matches_no_row_is_told() -> None:
    """Pitfall: a fact without a matching rule is an exception and not stored; in a batch the others do not fire."""
    kind = FactKind("gap", ("x",), (Rule(1, (("x", ">=", 10),)),))
    with Ruleset([kind], "gap") as ruleset:
        assert rows_of(ruleset, 9) == ()


def test_identities_do_not_collide() -> None:
    """Pitfall: facts are known by 32 bits of a hash of their text; a different fact can be "already observed".

    The driver names facts itself, and the hashes of all names that one run can use are distinct, the session's own too.
    """
    names = [*map(str, range(FIRST_IDENTITY, FIRST_IDENTITY + MAX_FACTS)), "sid-0"]
    assert len({fnv32(name) for name in names}) == MAX_FACTS + 1


def test_equal_facts_are_two_facts() -> None:
    """Pitfall: a fact equal to an earlier one is refused as already observed. Facts differ by their keys."""
    hits: list[object] = []

    def start(session: Session) -> None:
        session.add("band", 0, [10])
        session.add("band", 1, [10])

    with Ruleset([BAND], "band") as ruleset:
        for _ in range(2):
            ruleset.run(start, lambda session, name, key, rows: hits.append((key, rows)))
    assert hits == [(0, (1,)), (1, (1,))] * 2


def test_a_fact_that_was_not_taken_is_an_error(faulty: Faulty) -> None:
    """Pitfall: the same; should the module ever say "already observed", no result is given."""
    with Ruleset([BAND], "band") as ruleset:
        real, faulty.assert_fact = faulty.assert_fact, lambda *arguments: (2, 1)
        with pytest.raises(HyoteiError) as failure:
            rows_of(ruleset, 1)
        assert code_of(failure) == "HY612"
        faulty.assert_fact = real
        assert rows_of(ruleset, 1) == (2,)


def test_too_many_facts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pitfall: each fact takes 8 KB in the module until its session ends. A run has a bound."""
    monkeypatch.setattr("hyotei.inference.driver_session.MAX_FACTS", 2)
    with Ruleset([BAND], "band") as ruleset, pytest.raises(HyoteiError) as failure:
        ruleset.run(add_bands(1, 2, 3), print)
    assert code_of(failure) == "HY614"


def test_facts_of_a_rule_come_in_the_order_of_keys() -> None:
    """Pitfall: facts of one rule fire last in, first out."""
    seen: list[int] = []
    with Ruleset([BAND], "band") as ruleset:
        for keys in ([1, 2, 3], [3, 1, 2]):
            ruleset.run(add_bands(*keys), lambda session, name, key, rows: seen.append(key))
    assert seen == [1, 2, 3, 1, 2, 3]


def test_a_lost_firing_is_an_error(faulty: Faulty) -> None:
    """Pitfall: batches and completions are dropped in silence. Facts asserted and facts completed must agree."""
    with Ruleset([BAND], "band") as ruleset:
        real, faulty.complete_and_start_action = faulty.complete_and_start_action, lambda *arguments: None
        with pytest.raises(HyoteiError) as failure:
            rows_of(ruleset, 1)
        assert code_of(failure) == "HY610"
        faulty.complete_and_start_action = real
        assert rows_of(ruleset, 1) == (2,)


def test_rules_cannot_feed_themselves() -> None:
    """Pitfall: a rule whose facts fire it again runs until memory ends. Facts may be added to later kinds only."""

    def again(session: Session, name: str, key: int, rows: tuple[int, ...]) -> None:
        session.add(name, key + 1, [10])

    with Ruleset([BAND], "band") as ruleset, pytest.raises(HyoteiError) as failure:
        ruleset.run(lambda session: session.add("band", 0, [10]), again)
    assert code_of(failure) == "HY635"


def test_endless_firing_is_stopped(faulty: Faulty) -> None:
    """Pitfall: the same, from inside the module: no more firings than rules and facts allow."""
    with Ruleset([BAND], "band") as ruleset:
        message = '{"00000":{"m":{"id":10000000}}}'
        faulty.complete_and_start_action = lambda *arguments: message
        with pytest.raises(HyoteiError) as failure:
            rows_of(ruleset, 1)
    assert code_of(failure) == "HY611"


def test_a_firing_out_of_order_is_an_error(faulty: Faulty) -> None:
    """Pitfall: what comes next is chosen anew after each firing. A hit that comes too late is an error."""
    with Ruleset([BAND, replace(BAND, name="later")], "two") as ruleset:
        real, faulty.complete_and_start_action = (
            faulty.complete_and_start_action,
            lambda *arguments: '{"00000":{"m":{"id":10000000}}}' if seen else real(*arguments),
        )
        seen: list[str] = []
        with pytest.raises(HyoteiError) as failure:
            ruleset.run(add_bands(1), lambda session, name, key, rows: seen.append(name))
    assert code_of(failure) == "HY615"


def test_a_garbled_firing_is_an_error(faulty: Faulty) -> None:
    """Pitfall: a version of the module with another form of firings would be misread."""
    with Ruleset([BAND], "band") as ruleset:
        faulty.complete_and_start_action = lambda *arguments: '{"other":[]}'
        with pytest.raises(HyoteiError) as failure:
            rows_of(ruleset, 1)
    assert code_of(failure) == "HY613"


# ---- exceptions -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [ValueError, KeyboardInterrupt, SystemExit, MemoryError, GeneratorExit])
@pytest.mark.parametrize("where", ["start", "first", "later"])
def test_exceptions_are_not_swallowed(kind: type[BaseException], where: str) -> None:
    """Pitfall: the host swallows every exception of a callback, an interrupt too, and goes on."""
    thrown = kind("here")

    def start(session: Session) -> None:
        session.add("band", 1, [10])
        if where == "start":
            raise thrown

    def on_complete(session: Session, name: str, key: int, rows: tuple[int, ...]) -> None:
        if where == "first" or name == "later":
            raise thrown
        session.add("later", 1, [10])

    with Ruleset([BAND, replace(BAND, name="later")], "two") as ruleset:
        for _ in range(3):
            with pytest.raises(kind) as failure:
                ruleset.run(start, on_complete)
            assert failure.value is thrown
            assert rows_of(ruleset, 5) == (2,)


def test_an_interrupted_clean_up_is_made_good(faulty: Faulty) -> None:
    """Pitfall: what stays in a session is seen by the next run. A run first clears what an interrupt left behind."""

    def interrupt(*arguments: object) -> None:
        raise KeyboardInterrupt

    with Ruleset([BAND], "band") as ruleset:
        real, faulty.delete_state = faulty.delete_state, interrupt
        with pytest.raises(KeyboardInterrupt):
            rows_of(ruleset, 10)
        faulty.delete_state = real
        assert rows_of(ruleset, 9) == (2,)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this platform has no timer signals")
def test_an_interrupt_may_come_at_any_moment() -> None:
    """Pitfall: the same, for real interrupts at moments that nobody chose: no lock stays shut, no fact stays behind."""
    interrupted = 0

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        with Ruleset([BAND, replace(BAND, name="later")], "two") as ruleset:
            for turn in range(300):
                try:
                    signal.setitimer(signal.ITIMER_REAL, 1e-5 + turn % 60 * 3e-6)
                    while True:
                        ruleset.run(add_bands(1, 20, 3), lambda *hit: None)
                except KeyboardInterrupt:
                    interrupted += 1
                assert rows_of(ruleset, turn) == ((1,) if turn >= 10 else (2,))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert interrupted == 300


@pytest.mark.slow
def test_a_callback_may_take_its_time() -> None:
    """Pitfall: after 10 s the host drops a callback and locks the session."""
    with Ruleset([BAND, replace(BAND, name="later")], "two") as ruleset:
        seen: list[str] = []

        def on_complete(session: Session, name: str, key: int, rows: tuple[int, ...]) -> None:
            seen.append(name)
            if name == "band":
                time.sleep(11)
                session.add("later", 1, [10])

        ruleset.run(lambda session: session.add("band", 1, [10]), on_complete)
    assert seen == ["band", "later"]


def test_callbacks_stay_in_their_thread() -> None:
    """Pitfall: the host starts two threads for each object, and one of them steals callbacks."""
    before, threads = threading.active_count(), set()
    with Ruleset([BAND], "band") as ruleset:
        for _ in range(50):
            ruleset.run(lambda session: session.add("band", 1, [1]), lambda *hit: threads.add(threading.get_ident()))
        assert threading.active_count() == before
    assert threads == {threading.get_ident()}


@pytest.mark.parametrize("number", sorted(ERRORS))
def test_errors_of_the_module_become_ours(faulty: Faulty, number: int) -> None:
    """Pitfall: errors of the module are numbers in a text. Each becomes one of our messages, wherever it is raised."""

    def fail(*arguments: object) -> None:
        raise faulty.error(f"Could not do it, error code: {number}")

    with Ruleset([BAND], "band") as ruleset:
        for name in ("assert_fact", "start_action_for_state", "complete_and_start_action"):
            real = getattr(faulty, name)
            setattr(faulty, name, fail)
            with pytest.raises(HyoteiError) as failure:
                rows_of(ruleset, 1)
            assert code_of(failure) == ERRORS[number][0]
            setattr(faulty, name, real)
        assert rows_of(ruleset, 1) == (2,)
    faulty.create_ruleset = fail
    with pytest.raises(HyoteiError) as failure:
        Ruleset([BAND], "band")
    assert code_of(failure) == ERRORS[number][0]


def test_unknown_errors_of_the_module_become_ours() -> None:
    """Pitfall: the same, for a number that no header names, for no number, and for lack of memory."""
    texts = ["error code: 999", "pyAssertFact Invalid argument", ""]
    codes = [translated(load_engine().error(text)).diagnostics[0].code for text in texts]
    assert codes == ["HY608"] * 3
    assert translated(MemoryError()).diagnostics[0].code == "HY605"


# ---- sessions and memory ----------------------------------------------------------------------------------------


def test_a_slot_is_primed_before_it_is_deleted(faulty: Faulty) -> None:
    """Pitfall: deleting a session in which nothing fired frees an uninitialised pointer. One fires first, always."""
    with Ruleset([BAND], "band"):
        primed = faulty.calls.copy()
    assert primed[:3] == ["create_ruleset", "assert_fact", "start_action_for_state"]
    assert primed[-2:] == ["complete_and_start_action", "delete_state"]


def test_sessions_in_which_nothing_fired_are_harmless() -> None:
    """Pitfall: the same, a thousand times over with the heap churning in between."""

    def start(session: Session) -> None:
        session.add("band", 1, [10])
        raise InterruptedError

    with Ruleset([BAND], "band") as ruleset:
        for turn in range(1100):
            churn = [os.urandom(turn % 400 + 1) for _ in range(8)]
            with pytest.raises(InterruptedError):
                ruleset.run(start, print)
            del churn
        assert rows_of(ruleset, 10) == (1,)


def test_sessions_do_not_pile_up() -> None:
    """Pitfall: the 1025th live session is a MemoryError and then a crash. Each run ends its session."""
    with Ruleset([BAND], "band") as ruleset:
        for value in range(1100):
            assert rows_of(ruleset, value) == ((1,) if value >= 10 else (2,))


def test_runs_do_not_see_each_other() -> None:
    """Pitfall: sessions with one hash share their facts. There is one session at a time, and it starts empty."""
    kind = FactKind("pair", ("a", "b"), (Rule(1, (("a", "==", 1), ("b", "==", 1))),))
    with Ruleset([kind], "pair") as ruleset:
        assert [rows_of(ruleset, 1, 0), rows_of(ruleset, 0, 1), rows_of(ruleset, 1, 1)] == [(), (), (1,)]


def swap(turn: int) -> None:
    """Makes a ruleset of 40 rows, runs one fact, and replaces it."""
    rules = tuple(Rule(row, (("rate", "==", row), ("year", ">=", turn))) for row in range(40))
    with Ruleset([FactKind("band", ("rate", "year"), rules)], f"version {turn}") as ruleset:
        assert rows_of(ruleset, 7, turn) == (7,)


def growth(action: Callable[[int], None], settle: int, times: int) -> int:
    """KB by which this process grows over `times` actions, once it has settled."""
    for turn in range(settle):
        action(turn)
    before = resident()
    for turn in range(times):
        action(turn)
    return resident() - before


@pytest.mark.parametrize("times", [300, pytest.param(2000, marks=pytest.mark.slow)])
def test_replacing_a_ruleset_leaks_nothing(times: int) -> None:
    """Pitfall: a replaced ruleset keeps 1.2 MB for ever. `close` gives all of it back."""
    assert growth(swap, 30, times) < 4096


def test_a_forgotten_ruleset_leaks_nothing() -> None:
    """Pitfall: the same for a ruleset that nobody closed: it is freed as garbage."""

    def forget(turn: int) -> None:
        rules = tuple(Rule(row, (("rate", "==", row),)) for row in range(40))
        assert rows_of(Ruleset([FactKind("band", ("rate",), rules)], "forgotten"), turn % 40) == (turn % 40,)

    assert growth(forget, 30, 200) < 4096


def test_refused_definitions_do_not_reach_the_module(faulty: Faulty) -> None:
    """Pitfall: each failed registration leaks 120 KB. Definitions are checked before."""
    with pytest.raises(HyoteiError):
        Ruleset([BAND, BAND], "twice")
    assert faulty.calls == []


def test_a_ruleset_that_fails_half_way_frees_its_first_half(faulty: Faulty) -> None:
    """Pitfall: the same, when a later handle fails: the earlier ones are released."""
    rules = tuple(Rule(row, (("x", "==", row // 70), ("y", "==", row % 70))) for row in range(4900))
    real = faulty.create_ruleset

    def fail_second(*arguments: object) -> object:
        if "create_ruleset" in faulty.calls:
            raise MemoryError
        return real(*arguments)

    faulty.create_ruleset = fail_second
    with pytest.raises(HyoteiError) as failure:
        Ruleset([FactKind("many", ("x", "y"), rules)], "many")
    assert code_of(failure) == "HY605"
    assert faulty.calls.count("delete_ruleset") == 1


def test_definitions_are_not_changed() -> None:
    """Pitfall: the host changes the definitions it is given, so they cannot be registered twice."""
    before = repr(BAND)
    with Ruleset([BAND], "one") as one, Ruleset([BAND], "two") as two:
        assert rows_of(one, 10) == rows_of(two, 10) == (1,)
    assert repr(BAND) == before


@pytest.mark.slow
def test_many_runs_leak_nothing() -> None:
    """Pitfall: 613 KB a session if it is not deleted. 200,000 runs leave memory as it was."""
    with Ruleset([BAND, replace(BAND, name="later")], "long") as ruleset:

        def run(turn: int) -> None:
            ruleset.run(
                add_bands(*range(6)),
                lambda session, name, key, rows: None if name == "later" else session.add("later", key, rows),
            )

        assert growth(run, 1000, 200_000) < 4096
