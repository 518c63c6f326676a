"""What a built wheel holds, as it is installed."""

import subprocess
import sys
import zipfile
from pathlib import Path


def built_wheel(root: Path, folder: Path) -> Path:
    """Builds the wheel of a checkout within a folder and unpacks it; where its packages are."""
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(root)],
        check=True,
        capture_output=True,
    )
    installed = folder / "installed"
    with zipfile.ZipFile(next(folder.glob("hyotei-*.whl"))) as wheel:
        wheel.extractall(installed)
    return installed
