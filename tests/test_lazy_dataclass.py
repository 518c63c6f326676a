"""Dataclasses with stand-ins against those of the standard library, over drawn classes."""

import copy
import dataclasses
import operator
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei import lazy_dataclass
from tests.examples import one_in

Make = Callable[..., Any]
NAMES = ("alpha", "beta", "gamma", "self", "delta")


@st.composite
def bodies(draw: st.DrawFn, names: tuple[str, ...]) -> dict[str, tuple[str, dict[str, object]]]:
    """Fields by name: how each is written, and with which options of `field`."""
    found: dict[str, tuple[str, dict[str, object]]] = {}
    for name in names:
        given = draw(st.sampled_from(("plain", "default", "value", "factory", "later")))
        options: dict[str, object] = {
            key: False for key in ("repr", "compare") if draw(st.integers(0, 3)) == 0 and given != "value"
        }
        # Fields without a default may follow others only as keywords.
        if any(kind != "plain" for kind, _ in found.values()) and given == "plain":
            options["kw_only"] = True
        found[name] = given, options
    return found


def written(body: dict[str, tuple[str, dict[str, object]]], bases: tuple[type, ...], name: str) -> type:
    """A class as a person writes it, before any decorator."""
    made: dict[str, object] = {"__annotations__": dict.fromkeys(body, int) | {"shared": ClassVar[int]}, "shared": 7}
    for each, (kind, options) in body.items():
        match kind:
            case "plain" if options:
                made[each] = field(**options)  # type: ignore[call-overload]
            case "default":
                made[each] = field(default=3, **options)  # type: ignore[call-overload]
            case "value":
                made[each] = 5
            case "factory":
                made[each] = field(default_factory=lambda: 8, **options)  # type: ignore[call-overload]
            case "later":
                made[each] = field(default=4, init=False, **options)  # type: ignore[call-overload]
    return type(name, bases, made)


def outcome(of: Callable[[], object]) -> object:
    """What comes out, or which error."""
    try:
        return of()
    except (TypeError, AttributeError) as error:  # FrozenInstanceError is an AttributeError
        return type(error)


@settings(max_examples=one_in(4))
@given(
    st.data(),
    st.fixed_dictionaries(
        {"frozen": st.booleans(), "eq": st.booleans(), "repr": st.booleans(), "kw_only": st.booleans()}
    ),
    st.integers(0, 3),
)
def test_a_class_with_stand_ins_does_what_one_of_the_standard_library_does(
    data: st.DataObject, options: dict[str, Any], inherited: int
) -> None:
    options |= {"order": options["eq"] and data.draw(st.booleans())}
    below, above = data.draw(bodies(NAMES[:inherited])), data.draw(bodies(NAMES[inherited:]))

    def made(decorate: Make) -> Any:
        base = decorate(slots=True, **options)(written(below, (), "Base"))
        # All keywords: what stands above would else be mixed with defaults from below.
        return decorate(slots=True, **{**options, "kw_only": True})(written(above, (base,), "Derived"))

    ours, theirs = made(lazy_dataclass.dataclass), made(dataclass)
    arguments = data.draw(st.lists(st.integers(0, 2), max_size=3))
    named = data.draw(st.dictionaries(st.sampled_from((*NAMES, "stranger")), st.integers(0, 2)))
    others = data.draw(st.dictionaries(st.sampled_from(NAMES), st.integers(0, 2)))

    def asked(cls: Any) -> list[object]:
        found = outcome(lambda: cls(*arguments, **named))
        if isinstance(found, type):
            return [found]
        other = outcome(lambda: replace(found, **others))  # type: ignore[type-var]
        same = cls(*arguments, **named)
        questions: list[Callable[[], object]] = [
            lambda: asdict(found),  # type: ignore[call-overload]
            lambda: repr(found) if options["repr"] else None,
            lambda: (found == same, found == other, found != other, found == 1),
            lambda: hash(found) == hash(same) if options["eq"] else None,
            lambda: hash(found) if options["eq"] else None,
            *(lambda by=by: by(found, other) for by in (operator.lt, operator.le, operator.gt, operator.ge)),
            lambda: setattr(found, "alpha", 1),
            lambda: setattr(found, "stranger", 1),
            lambda: delattr(found, "beta"),
            lambda: asdict(copy.copy(found)),  # type: ignore[call-overload]
        ]
        return [outcome(each) for each in questions]

    assert asked(theirs) == asked(ours)
    for one, other in ((ours, theirs), (ours.__base__, theirs.__base__)):
        assert one.__slots__ == other.__slots__
        assert one.__match_args__ == other.__match_args__
        assert repr(one.__dataclass_params__) == repr(other.__dataclass_params__)
        assert [(each.name, each.init, each.kw_only) for each in fields(one)] == [
            (each.name, each.init, each.kw_only) for each in fields(other)
        ]


@lazy_dataclass.dataclass(frozen=True, slots=True)
class Point:
    """A class of a module, so that it can be pickled."""

    x: int
    y: int = 2
    label: ClassVar[str] = "point"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Point) and other.x == self.x

    def __post_init__(self) -> None:
        if self.x < 0:
            raise ValueError("negative")


def test_what_a_class_writes_itself_stays() -> None:
    assert Point(1, 2) == Point(1, 3)
    assert hash(Point(1, 2)) == hash(Point(1, 2)) != hash(Point(1, 3))
    with pytest.raises(ValueError, match="negative"):
        Point(-1)


def test_an_object_is_pickled_copied_and_matched() -> None:
    point = Point(1)
    assert pickle.loads(pickle.dumps(point)).y == copy.copy(point).y == 2
    match point:
        case Point(x, y):
            assert (x, y) == (1, 2)
    with pytest.raises(FrozenInstanceError):
        point.x = 3  # type: ignore[misc]


def test_nothing_is_written_until_it_is_called() -> None:
    @lazy_dataclass.dataclass(frozen=True, slots=True)
    class Quiet:
        x: int

    assert vars(Quiet)["__init__"].__name__ == "stand_in"
    one = Quiet(1)
    assert vars(Quiet)["__init__"].__name__ == "__init__"
    assert vars(Quiet)["__eq__"].__name__ == "stand_in"
    assert one == Quiet(1)
    assert vars(Quiet)["__eq__"].__name__ == "__eq__"


def test_classes_without_slots_are_those_of_the_standard_library() -> None:
    @lazy_dataclass.dataclass
    class Plain:
        x: int

    assert dataclasses.is_dataclass(Plain)
    assert vars(Plain)["__init__"].__name__ == "__init__"
