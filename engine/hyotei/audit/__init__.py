"""Recorded evaluations against derived ones, and what else an auditor wants to see.

The package can be called, because `hyotei.audit` is a function of the Python interface and, once a module of the package has
been imported, this package.
"""

import sys
from types import ModuleType
from typing import Any


class _Callable(ModuleType):
    """The package, called as its function."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        from hyotei.audit.audit import audit

        return audit(*arguments, **options)


sys.modules[__name__].__class__ = _Callable
