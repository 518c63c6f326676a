"""What holds the packages together."""

from pathlib import Path


def test_every_package_is_one(root: Path) -> None:
    """A folder of modules without `__init__.py` is a namespace, which the contract on imports does not see."""
    folders = {file.parent for file in (root / "engine" / "hyotei").rglob("*.py")}
    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []
