"""The forms that people made in the workbench: a folder of the data that every process of it looks into."""

import os
from pathlib import Path

from hyotei.forms.library import HERE, SETTING


def own_forms(data: Path) -> Path:
    """The folder of these forms, which is made with the first of them."""
    return data.resolve() / HERE


def use_own_forms(data: Path) -> None:
    """Has this process, and those that it starts, find them."""
    folder = str(own_forms(data))
    named = [each for each in os.environ.get(SETTING, "").split(os.pathsep) if each]
    if folder not in named:
        os.environ[SETTING] = os.pathsep.join([*named, folder])
