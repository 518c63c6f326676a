"""Commands without pandas: Arrow imports it, where it is installed, only to see whether values are of pandas.

That costs half a second, a quarter of a short command, and no command gives Arrow such values. Only a process of the command line
does without; whoever imports hyotei keeps pandas.
"""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType


class _WithoutPandas(MetaPathFinder):
    """Lets Python find no pandas."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        """Nothing; what is asked for as pandas is not there."""
        if name == "pandas":
            raise ModuleNotFoundError("commands do without pandas", name=name)


def do_without_pandas(arguments: Sequence[str]) -> None:
    """Keeps pandas out of this process, unless the command needs it: Spark takes tables through it."""
    if "spark" not in arguments:
        sys.meta_path.insert(0, _WithoutPandas())
