"""All tests of the workbench on PostgreSQL as well, which is started for them in a folder of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.conftest import ROOT
from tests.workbench.test_races import require_told

pytestmark = pytest.mark.slow


def _programs() -> Path | None:
    """The folder of the programs of PostgreSQL; Debian has them beside the path."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return next((each for each in reversed(folders) if (each / "initdb").exists()), None)


@pytest.fixture
def url() -> Iterator[str]:
    """An empty database that only this machine reaches, through a file."""
    pytest.importorskip("psycopg")
    programs = _programs()
    # PostgreSQL does not run as root.
    as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    if programs is None or (
        as_user and subprocess.run([*as_user, "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("PostgreSQL is not installed, or there is no user to run it as")
    with TemporaryDirectory(prefix="hyotei-pg-") as name:
        folder = Path(name)
        if as_user:
            shutil.chown(folder, "postgres")
        folder.chmod(0o755)

        def run(program: str, *arguments: str) -> None:
            subprocess.run([*as_user, str(programs / program), *arguments], check=True, capture_output=True, cwd="/")

        data = str(folder / "data")
        run("initdb", "-D", data, "-A", "trust", "-U", "hyotei", "--encoding=UTF8", "--locale=C", "-N")
        listening = f"-c listen_addresses='' -c fsync=off -k {folder}"
        # Its output goes to a file: a pipe would be open as long as the server runs.
        run("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", listening, "start")
        try:
            run("createdb", "-h", str(folder), "-U", "hyotei", "store")
            yield f"postgresql://hyotei@/store?host={folder}"
        finally:
            run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")


def test_the_store_is_the_same_on_postgresql(url: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "tests/workbench", "-m", "not slow", "-p", "no:cacheprovider", "-p", "no:xdist"],
        cwd=ROOT, env={**os.environ, "HYOTEI_TEST_DB": url}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-20_000:]


def test_what_comes_at_once_is_told_there_too(url: str, tmp_path: Path) -> None:
    require_told(tmp_path, url)
