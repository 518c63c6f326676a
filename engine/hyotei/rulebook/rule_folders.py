"""The folders in which rulebooks are looked for by their ids: one's own, those of a workbench, and those of Hyotei."""

import os
import sys
from pathlib import Path
from typing import Final, Literal, NamedTuple

from hyotei.base.shipped_files import rules_folder
from hyotei.messages import Diagnostic, HyoteiError

SETTING: Final = "HYOTEI_RULES"
"""The environment variable that names further folders, parted as PATH is."""
PUBLISHED: Final = "HYOTEI_PUBLISHED"
"""The environment variable that names the folder of what a workbench published; it sets it for itself and its child processes."""
_SET: Final[dict[str, str]] = {"setting": SETTING, "published": PUBLISHED}
HERE: Final = "rules"
Origin = Literal["shipped", "here", "setting", "user", "published", "library"]


class RuleFolder(NamedTuple):
    """A folder with one folder a rulebook: `<id>/rulebook.md`; of a workbench with numbers for ids, higher ones published later."""

    origin: Origin
    path: Path


def rule_folders() -> tuple[RuleFolder, ...]:
    """All folders that there are, each once, one's own before those of a workbench, and these before that of Hyotei.

    Raises:
        HyoteiError: a setting names a folder that there is not (HY721).
    """
    shipped = RuleFolder("shipped", rules_folder())
    found = {shipped.path.resolve(): shipped}
    for each in own_folders():
        if each.path.is_dir():
            found.setdefault(each.path.resolve(), each)
        elif each.origin in _SET:
            raise HyoteiError(Diagnostic("HY721", params={"setting": _SET[each.origin], "path": str(each.path)}))
    return (*(each for each in found.values() if each != shipped), shipped)


def rubrics_folder() -> RuleFolder:
    """The folder of published rubrics among the rulebooks of Hyotei."""
    return RuleFolder("library", rules_folder() / "library")


def own_folders() -> tuple[RuleFolder, ...]:
    """Those that are not of Hyotei, whether they are there or not."""
    named = [Path(each) for each in os.environ.get(SETTING, "").split(os.pathsep) if each]
    published = os.environ.get(PUBLISHED)
    return (
        RuleFolder("here", Path(HERE)),
        *(RuleFolder("setting", each) for each in named),
        RuleFolder("user", user_folder()),
        *((RuleFolder("published", Path(published)),) if published else ()),
    )


def user_folder() -> Path:
    """The user's own folder of rulebooks, where the system keeps settings of programs."""
    home = Path(os.environ.get("HOME") or os.path.expanduser("~"))  # noqa: PTH111  # no error where there is no home
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA") or home / "AppData" / "Roaming")
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    return base / "hyotei" / "rules"
