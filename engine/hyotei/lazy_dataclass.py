"""`dataclass` as in the standard library, but the methods of a class with slots are written when they are first called.

The standard library compiles five to nine methods for each class while its module is imported. A command loads some 200 classes
and calls few of their methods, and that was a fifth of the time that `hyotei rate` took. Here a class gets stand-ins. One that is
called has its method made and puts it in its own place; from then on nothing stands between. What compares, hashes and prints is
made by the standard library, for a class of the same fields; `__init__` is written here, in one piece, and sets a field of a frozen
class in half the time. `tests/test_lazy_dataclass.py` holds classes of both kinds against each other.

Two things differ: a class without a docstring is given none, and its signature is seen only after the first object was made.
`InitVar` and `KW_ONLY` are not known. Type checkers are told that this is `dataclasses.dataclass`.
"""

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import MISSING, Field
from typing import TYPE_CHECKING, Any, ClassVar, Final, get_origin

__all__ = ["dataclass"]

_FIELDS: Final = "__dataclass_fields__"
_NONE: Final = {"init": False, "repr": False, "eq": False, "order": False, "frozen": False}
"""Options of a class for which the standard library compiles nothing."""
_COMPARISONS: Final = ("__lt__", "__le__", "__gt__", "__ge__")


if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls=None, /, **options):
        """The arguments of `dataclasses.dataclass`, without `init`, `unsafe_hash` and `match_args`."""
        make = _with_stand_ins if options.get("slots") else dataclasses.dataclass
        return (lambda written: make(written, **options)) if cls is None else make(cls, **options)


def _with_stand_ins(written: type, **options: Any) -> type:
    """The class with slots and stand-ins."""
    definition = _Definition(written, options)
    taken = {name for base in written.__mro__[1:-1] for name in vars(base).get("__slots__", ())}
    weak = ("__weakref__",) if options.get("weakref_slot") else ()
    left_out = {"__dict__", "__weakref__", *definition.names}
    body = {name: value for name, value in vars(written).items() if name not in left_out}
    body["__slots__"] = tuple(name for name in (*definition.names, *weak) if name not in taken)
    for name in (_FIELDS, "__dataclass_params__", "__match_args__"):
        body[name] = _OnDemand(definition, name)
    if "__eq__" in body and body.get("__hash__") is None:
        body.pop("__hash__", None)  # Python put it there
    for name, made_with in _methods(options).items():
        body.setdefault(name, _stand_in(definition, name, made_with))
    if options.get("frozen"):
        body |= {"__setattr__": _refusal(definition, "__setattr__"), "__delattr__": _refusal(definition, "__delattr__")}
        body = {"__getstate__": _state, "__setstate__": _set_state} | body
    elif options.get("eq", True):
        body.setdefault("__hash__", None)
    made = type(written)(written.__name__, written.__bases__, body)
    made.__qualname__ = written.__qualname__
    definition.cls = made
    return made


def _methods(options: dict[str, Any]) -> dict[str, dict[str, bool]]:
    """The methods that the standard library would make, each with the options that make it alone."""
    found: dict[str, dict[str, bool]] = {"__init__": {}}
    if options.get("repr", True):
        found["__repr__"] = {"repr": True}
    if options.get("eq", True):
        found["__eq__"] = {"eq": True}
        if options.get("frozen"):
            found["__hash__"] = {"unsafe_hash": True}
    if options.get("order"):
        found |= {name: {"eq": True, "order": True} for name in _COMPARISONS}
    return found


class _Definition:
    """What a class was written as."""

    __slots__ = ("annotations", "bases", "cls", "defaults", "names", "options", "post_init")

    def __init__(self, written: type, options: dict[str, Any]) -> None:
        self.options = options
        self.cls: type = written
        """The class that is made of it."""
        self.annotations = vars(written).get("__annotations__", {})
        self.defaults = {name: vars(written)[name] for name in self.annotations if name in vars(written)}
        self.bases = [base for base in written.__mro__[-1:0:-1] if _FIELDS in vars(base)]
        self.post_init = hasattr(written, "__post_init__")
        inherited = dict.fromkeys(name for base in self.bases for name in _names(base))
        own = [name for name, kind in self.annotations.items() if ClassVar not in (kind, get_origin(kind))]
        self.names = tuple(inherited | dict.fromkeys(own))
        """Of its fields."""

    def fields(self) -> Iterator["Field[Any]"]:
        """What `__init__` must know of each field, in order."""
        found: dict[str, Field[Any]] = {}
        for base in self.bases:
            fields = vars(base)[_FIELDS]
            known = fields.definition.fields() if isinstance(fields, _OnDemand) else dataclasses.fields(base)
            found |= {field.name: field for field in known}
        for name in self.names:
            if name in self.annotations:
                value = self.defaults.get(name, MISSING)
                field = copy(value) if isinstance(value, Field) else dataclasses.field(default=value)
                field.name = name
                if field.kw_only is MISSING:
                    field.kw_only = self.options.get("kw_only", False)
                found[name] = field
        return iter(found[name] for name in self.names)

    def twin(self, **options: bool) -> type:
        """A class of the same fields, made by the standard library with some of the options."""
        body: dict[str, Any] = {}
        annotations: dict[str, object] = {}
        for base in self.bases:
            for name, field in getattr(base, _FIELDS).items():
                annotations[name], body[name] = field.type, copy(field)
        for name in self.annotations:
            body.pop(name, None)
        # A class writes into the `Field`s that it is given.
        body |= {name: copy(value) if isinstance(value, Field) else value for name, value in self.defaults.items()}
        body |= {"__annotations__": annotations | self.annotations, "__doc__": "-"}
        body |= {"__module__": self.cls.__module__, "__qualname__": self.cls.__qualname__}
        chosen = {**self.options, "weakref_slot": False, **options}
        return dataclasses.dataclass(**chosen)(type(self.cls.__name__, (), body))


class _OnDemand:
    """What the standard library says of a class, worked out when somebody asks."""

    __slots__ = ("definition", "name")

    def __init__(self, definition: _Definition, name: str) -> None:
        self.definition, self.name = definition, name

    def __get__(self, instance: object, owner: type) -> Any:
        whole = self.name == "__dataclass_params__"
        found = vars(self.definition.twin(**({} if whole else {**_NONE, "slots": False})))[self.name]
        setattr(self.definition.cls, self.name, found)
        return found


def _stand_in(definition: _Definition, name: str, made_with: dict[str, bool]) -> Callable[..., Any]:
    """A method that puts the true one in its place when it is first called."""

    def stand_in(self: object, /, *arguments: Any, **named: Any) -> Any:
        init = name == "__init__"
        method = _init(definition) if init else vars(definition.twin(**{**_NONE, "slots": False, **made_with}))[name]
        setattr(definition.cls, name, method)
        return method(self, *arguments, **named)

    return stand_in


def _init(definition: _Definition) -> Callable[..., None]:
    """The `__init__` of a class."""
    cls, frozen = definition.cls, definition.options.get("frozen")
    me = "self" if "self" not in definition.names else "_self_"
    known: dict[str, Any] = {"_UNSET": object()}
    ordinary: list[str] = [me]
    keyword: list[str] = []
    lines: list[str] = []
    for field in definition.fields():
        name, default, value = field.name, "", field.name
        if field.default_factory is not MISSING:
            known[f"_make_{name}"] = field.default_factory
            default, value = "=_UNSET", f"_make_{name}() if {name} is _UNSET else {name}"
            if not field.init:
                value = f"_make_{name}()"
        elif field.default is not MISSING:
            known[f"_default_{name}"] = field.default
            default = f"=_default_{name}"
            if not field.init:
                value = f"_default_{name}"
        elif not field.init:
            continue
        if field.init:
            (keyword if field.kw_only else ordinary).append(name + default)
        if frozen:
            known[f"_set_{name}"] = getattr(cls, name).__set__  # the slot's own, past the refusal to assign
        lines.append(f"_set_{name}({me}, {value})" if frozen else f"{me}.{name} = {value}")
    if definition.post_init:
        lines.append(f"{me}.__post_init__()")
    parameters = ", ".join([*ordinary, *(["*", *keyword] if keyword else [])])
    # Names of fields are all of the class that gets into the text.
    exec(f"def __init__({parameters}):\n " + "\n ".join(lines or ["pass"]), known)
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__module__ = cls.__module__
    return made


def _refusal(definition: _Definition, method: str) -> Callable[..., None]:
    """What refuses to set or delete a field of a frozen class."""
    verb = "assign to" if method == "__setattr__" else "delete"

    def refused(self: object, name: str, *value: object) -> None:
        if type(self) is definition.cls or name in definition.names:
            raise dataclasses.FrozenInstanceError(f"cannot {verb} field {name!r}")
        getattr(super(definition.cls, self), method)(name, *value)

    return refused


def _names(cls: type) -> Iterable[str]:
    """The fields of a class, without asking the standard library for those of one with stand-ins."""
    fields = vars(cls)[_FIELDS]
    return fields.definition.names if isinstance(fields, _OnDemand) else [each.name for each in dataclasses.fields(cls)]


def _state(self: Any) -> list[object]:
    """What is pickled of an object of a frozen class."""
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _set_state(self: Any, state: Iterable[object]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
