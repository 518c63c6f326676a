"""Every handed case of a mended kind gives its right value; skipped where the cases are not beside the checkout."""

from pathlib import Path

import pytest

from tests.handed.run import FOLDERS


@pytest.mark.slow
@pytest.mark.parametrize(("folder", "name"), [(folder, name) for folder, cases in FOLDERS.items() for name in cases])
def test_handed_case(folder: str, name: str, shared: Path) -> None:
    found = FOLDERS[folder][name](shared / "cases" / folder / name)
    assert found.right, found.seen
