"""What an edit of a rulebook moves among many sheets, and what they would be rated as a threshold slides.

The package can be called, because `hyotei.impact` is a function of the Python interface and, once a module of the package has
been imported, this package.
"""

import sys
from types import ModuleType
from typing import Any


class _Callable(ModuleType):
    """The package, called as its function."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        from hyotei.impact.impact import impact

        return impact(*arguments, **options)


sys.modules[__name__].__class__ = _Callable
