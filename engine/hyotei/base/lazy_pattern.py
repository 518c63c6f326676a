"""Regular expressions that are compiled when they are first used.

Those at the head of a module cost some 15 ms at the start of a command, which uses one in three of them. Type checkers are told
that `lazy_pattern` is `re.compile`.
"""

import re
from typing import TYPE_CHECKING, Any, Final

__all__ = ["lazy_pattern"]

_METHODS: Final = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")

if TYPE_CHECKING:
    from re import compile as lazy_pattern
else:

    class lazy_pattern:  # noqa: N801  # it is called like re.compile
        """A pattern with the methods of a compiled one, but no argument for the functions of `re`."""

        def __init__(self, pattern: str | bytes, flags: int = 0) -> None:
            self.pattern = pattern
            self._flags = flags

        def __getattr__(self, name: str) -> Any:
            compiled = re.compile(self.pattern, self._flags)
            for method in _METHODS:
                setattr(self, method, getattr(compiled, method))
            return getattr(compiled, name)
