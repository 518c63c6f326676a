"""What holds the packages together."""

import re
from pathlib import Path

import pytest


def test_every_package_is_one(root: Path) -> None:
    """A folder of modules without `__init__.py` is a namespace, which the contract on imports does not see."""
    folders = {file.parent for file in (root / "engine" / "hyotei").rglob("*.py")}
    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


@pytest.mark.parametrize(
    "page",
    ["docs/architecture.md", "docs/columnar.md", "docs/columnar.en.md", "docs/content-hash.md", "CONTRIBUTING.md"],
)
def test_files_that_a_page_names_are_there(root: Path, page: str) -> None:
    """Paths are relative to the repository, to `engine/hyotei`, or to the package that the page is about."""
    text = (root / page).read_text(encoding="utf-8")
    engine = root / "engine" / "hyotei"
    places = (root, root / "engine", engine, engine / "columnar", engine / "rulebook")
    named = re.findall(r"`([\w./-]+(?:\.(?:py|md|toml|txt|yaml)|/))`", text)
    assert [name for name in named if not any((place / name).exists() for place in places)] == []
