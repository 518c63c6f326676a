"""One Python function in the making: its lines, its local names, and the objects it is given.

Nothing that a rulebook says becomes source. A constant, a function, a name of a decision is an object in the namespace of the
function, under a name made here; builtins are not at hand.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from hyotei.rulebook.values import Unknown

_INDENT: Final = "    "
_SCALARS: Final = (bool, str, Unknown)


class FunctionWriter:
    """Writes `def made(PARAMETERS)` line by line; `finish` makes it."""

    def __init__(self, parameters: str) -> None:
        self.parameters = parameters
        self.lines: list[str] = []
        self.depth = 1
        self.names: dict[str, Any] = {"__builtins__": {}, "U": Unknown}
        self._known: dict[object, str] = {}
        self._locals = 0

    def line(self, text: str) -> None:
        self.lines.append(_INDENT * self.depth + text)

    @contextmanager
    def block(self, header: str) -> Iterator[None]:
        """The lines written within stand under `header:`."""
        self.line(f"{header}:")
        self.depth += 1
        yield
        self.depth -= 1

    def local(self) -> str:
        """A local name that nothing else has."""
        self._locals += 1
        return f"t{self._locals}"

    def assign(self, expression: str) -> str:
        """A new local name for what an expression gives."""
        name = self.local()
        self.line(f"{name} = {expression}")
        return name

    def constant(self, value: object) -> str:
        """The name of an object that the function is given."""
        # 1, 1.0 and true are equal, and differ; all else that is given is the same only if it is the same object.
        key = (type(value), value) if isinstance(value, _SCALARS) else id(value)
        name = self._known.get(key)
        if name is None:
            name = self._known[key] = f"c{len(self._known)}"
            self.names[name] = value
        return name

    def function(self, function: Callable[..., object]) -> str:
        """The name of one of our own functions."""
        name = function.__name__
        if name not in self.names:
            self.names[name] = function
        return name if self.names[name] is function else self.constant(function)

    @property
    def source(self) -> str:
        """The function as text."""
        return "\n".join([f"def made({self.parameters}):", *self.lines, ""])

    def finish(self) -> Callable[..., Any]:
        """The function."""
        exec(compile(self.source, "<generated from a rulebook>", "exec"), self.names)
        made: Callable[..., Any] = self.names.pop("made")
        return made
