"""The C module of durable_rules: how it is loaded, how its errors become ours, and one ruleset inside it.

Nothing else in Hyotei touches the module. The host, the closures and the promises that durable_rules wraps around it
are not used: they run threads of their own and swallow exceptions.
"""

import re
import struct
from functools import cache
from importlib import import_module
from typing import NoReturn, Protocol, cast

from hyotei.base.causes import fault
from hyotei.messages import Diagnostic, HyoteiError

MODULE = "durable_rules_engine"

_RESULTS = {0: "RULES_OK", 1: "ERR_EVENT_NOT_HANDLED", 2: "ERR_EVENT_OBSERVED", 3: "ERR_EVENT_DEFERRED"}

_LIMIT, _MEMORY, _TEXT, _STATE, _UNKNOWN = "HY604", "HY605", "HY606", "HY607", "HY608"
# Every error number of the C module (src/rules/rules.h of 2.0.28), and the message of ours that it becomes.
ERRORS: dict[int, tuple[str, str]] = {
    101: (_MEMORY, "ERR_OUT_OF_MEMORY"),
    102: (_TEXT, "ERR_UNEXPECTED_TYPE"),
    103: (_TEXT, "ERR_IDENTIFIER_LENGTH"),
    104: (_TEXT, "ERR_UNEXPECTED_VALUE"),
    105: (_TEXT, "ERR_UNEXPECTED_NAME"),
    106: (_LIMIT, "ERR_RULE_LIMIT_EXCEEDED"),
    107: (_LIMIT, "ERR_RULE_EXISTS_LIMIT_EXCEEDED"),
    108: (_LIMIT, "ERR_RULE_BETA_LIMIT_EXCEEDED"),
    109: (_TEXT, "ERR_RULE_WITHOUT_QUALIFIER"),
    110: (_TEXT, "ERR_SETTING_NOT_FOUND"),
    111: (_STATE, "ERR_INVALID_HANDLE"),
    112: (_LIMIT, "ERR_HANDLE_LIMIT_EXCEEDED"),
    113: (_LIMIT, "ERR_EXPRESSION_LIMIT_EXCEEDED"),
    201: (_TEXT, "ERR_PARSE_VALUE"),
    202: (_TEXT, "ERR_PARSE_STRING"),
    203: (_TEXT, "ERR_PARSE_NUMBER"),
    204: (_TEXT, "ERR_PARSE_OBJECT"),
    205: (_TEXT, "ERR_PARSE_ARRAY"),
    302: (_LIMIT, "ERR_EVENT_MAX_PROPERTIES"),
    303: (_LIMIT, "ERR_MAX_STACK_SIZE"),
    304: (_LIMIT, "ERR_MAX_MESSAGES_IN_FRAME"),
    305: (_STATE, "ERR_MESSAGE_NOT_FOUND"),
    306: (_STATE, "ERR_LOCATION_NOT_FOUND"),
    307: (_STATE, "ERR_NODE_DELETED"),
    308: (_STATE, "ERR_NODE_DISPATCHING"),
    309: (_STATE, "ERR_SID_NOT_FOUND"),
    310: (_STATE, "ERR_NO_ACTION_AVAILABLE"),
    311: (_STATE, "ERR_PROPERTY_NOT_FOUND"),
    312: (_STATE, "ERR_OPERATION_NOT_SUPPORTED"),
    313: (_LIMIT, "ERR_EVENT_MAX_OBJECT_SIZE"),
    314: (_LIMIT, "ERR_EVENT_MAX_OBJECT_PROPERTY_SIZE"),
    501: (_TEXT, "ERR_PARSE_REGEX"),
    502: (_LIMIT, "ERR_REGEX_MAX_TRANSITIONS"),
    503: (_LIMIT, "ERR_REGEX_MAX_STATES"),
    504: (_LIMIT, "ERR_REGEX_QUEUE_FULL"),
    505: (_LIMIT, "ERR_REGEX_LIST_FULL"),
    506: (_LIMIT, "ERR_REGEX_SET_FULL"),
    507: (_TEXT, "ERR_REGEX_CONFLICT"),
    508: (_TEXT, "ERR_REGEX_INVALID"),
}
_SESSION_NOT_FOUND = 309


class RuleModule(Protocol):
    """The part of the C module that is used. A handle is a ruleset, a slot is the place of its session."""

    error: type[Exception]

    def create_ruleset(self, name: str, rules: str, /) -> int: ...
    def delete_ruleset(self, handle: int, /) -> None: ...
    def assert_fact(self, handle: int, fact: str, /) -> tuple[int, int]: ...
    def start_action_for_state(self, handle: int, slot: int, /) -> tuple[str, str] | None: ...
    def complete_and_start_action(self, handle: int, slot: int, /) -> str | None: ...
    def delete_state(self, handle: int, sid: str | None, /) -> None: ...


@cache
def load_engine() -> RuleModule:
    """The C module, imported when a ruleset is first made.

    Raises:
        HyoteiError: HY601 if it is not installed, HY602 if it cannot be loaded, HY603 if the constants of its rules
            (a C `long`) would not hold 64 bits here.
    """
    try:
        module = import_module(MODULE)
    except ModuleNotFoundError as missing:
        if missing.name == MODULE:
            raise HyoteiError(Diagnostic("HY601")) from None
        raise HyoteiError(Diagnostic("HY602", params={"reason": str(missing)})) from None
    except ImportError as broken:  # a build for another Python, or 3.13 without its flag: an undefined symbol
        raise HyoteiError(Diagnostic("HY602", params={"reason": str(broken)})) from None
    if struct.calcsize("l") < 8:
        raise HyoteiError(Diagnostic("HY603"))
    return cast(RuleModule, module)


def error_number(error: BaseException) -> int | None:
    """The number in the text of an error of the C module; it has no other place."""
    found = re.search(r"error code: (\d+)", str(error))
    return int(found[1]) if found else None


def translated(error: BaseException) -> HyoteiError:
    """What the C module raised, as an error of ours."""
    number = error_number(error)
    if isinstance(error, MemoryError):
        number = 101
    if number not in ERRORS:
        return HyoteiError(Diagnostic(_UNKNOWN, params={"reason": fault(error)}))
    code, symbol = ERRORS[number]
    return HyoteiError(Diagnostic(code, params={"number": str(number), "symbol": symbol}))


class Handle:
    """One ruleset in the C module, with at most one session, always in the same slot.

    The slot is primed: the module deletes a session in which nothing ever fired through an uninitialised pointer, so
    one session fires and is deleted before the first real one, and every later session finds the slot clean.
    """

    __slots__ = ("_engine", "_number", "_occupied", "_slot")

    def __init__(self, engine: RuleModule, rules: str, prime: str) -> None:
        """Registers `rules` (JSON) and primes the slot with the fact `prime` (JSON), which must fire some rule."""
        self._engine = engine
        self._occupied = False
        self._slot = 0
        try:
            self._number = engine.create_ruleset("hyotei", rules)
        except (engine.error, MemoryError) as error:
            raise translated(error) from None
        self.add(prime)
        fired = self.first()
        if fired is None:
            # deleting the session now would free that pointer: better to lose one small ruleset
            raise HyoteiError(Diagnostic("HY610", params={"asserted": "1", "completed": "0"}))
        while fired is not None:
            fired = self.next()
        self.clear()

    def add(self, fact: str) -> None:
        """Asserts one fact (JSON) into the session, which begins with its first fact."""
        self._occupied = True  # before the call: an interrupt right after it must find the session marked
        try:
            result, self._slot = self._engine.assert_fact(self._number, fact)
        except (self._engine.error, MemoryError) as error:
            raise translated(error) from None
        if result:
            symbol = _RESULTS.get(result, str(result))
            raise HyoteiError(Diagnostic("HY612", params={"symbol": symbol, "fact": fact}))

    def first(self) -> str | None:
        """The first firing of the agenda, as `{"<rule>":{"m":<fact>}}`, or None if nothing can fire."""
        try:
            started = self._engine.start_action_for_state(self._number, self._slot)
        except (self._engine.error, MemoryError) as error:
            raise translated(error) from None
        return None if started is None else started[1]

    def next(self) -> str | None:
        """Ends the current firing and gives the next one, or None when the agenda is empty."""
        try:
            return self._engine.complete_and_start_action(self._number, self._slot)
        except (self._engine.error, MemoryError) as error:
            raise translated(error) from None

    def clear(self) -> None:
        """Deletes the session, if there is one; what it held is freed."""
        if not self._occupied:
            return
        try:
            self._engine.delete_state(self._number, None)
        except self._engine.error as error:
            if error_number(error) != _SESSION_NOT_FOUND:  # an earlier clear was interrupted after it had deleted
                raise translated(error) from None
        self._occupied = False

    def release(self) -> None:
        """Deletes session and ruleset; the handle must not be used again."""
        self.clear()
        try:
            self._engine.delete_ruleset(self._number)
        except self._engine.error as error:
            raise translated(error) from None


def refuse(code: str, **params: str) -> NoReturn:
    """Raises one problem of the engine's area."""
    raise HyoteiError(Diagnostic(code, params=dict(params)))
