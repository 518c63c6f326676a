"""Where the rulebooks, forms and sheets that ship with Hyotei are: in the checkout, or inside the installed package."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def rules_folder() -> Path:
    """The folder with one folder per rulebook: `<id>/rulebook.md`, and `cases.yaml` beside it.

    Raises:
        FileNotFoundError: the package was installed without its data.
    """
    return _folder("rules")


def forms_folder() -> Path:
    """The folder with one folder per form: `<id>/form.md`, and `cases.yaml` beside it.

    Raises:
        FileNotFoundError: the package was installed without its data.
    """
    return _folder("forms")


def cases_folder() -> Path:
    """The folder with one folder per example sheet: `<id>/sheet.yaml`.

    Raises:
        FileNotFoundError: the package was installed without its data.
    """
    return _folder("cases")


@cache
def _folder(name: str) -> Path:
    """The wheel holds its data as `hyotei/data/<name>`; in a checkout the same folder stands beside `engine/`."""
    for folder in (_PACKAGE / "data" / name, _PACKAGE.parents[1] / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(
        f"Hyotei の {name} フォルダーが {_PACKAGE} にありません。Hyotei を入れ直してください。"
        f" / The folder {name} of Hyotei is missing from {_PACKAGE}; install Hyotei again."
    )
