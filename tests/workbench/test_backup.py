"""Backups: one file of all there is, also while it is used; what is restored is the same, and what is damaged is refused."""

import json
import sqlite3
import stat
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("django")

from hyotei.messages import HyoteiError
from hyotei.workbench.backup import backup, restore
from hyotei.workbench.options import DATABASE, Options
from tests.cli.command import inside

_FROM_THE_FIRST = """
import sys
from pathlib import Path
from hyotei.workbench.options import Options
from hyotei.workbench.settings import configure
configure(Options(Path(sys.argv[1])))
from django.core.management import call_command
call_command("migrate", "workbench", "0001", verbosity=0)
from django.db import connection
from hyotei.workbench.log import broken, entries, record
from hyotei.workbench.migrating import migrate
from hyotei.workbench.models import Account
account = Account(name="first", role="administrator")
account.set_password("correct horse battery")
account.save()
before = [record(account, "account.created", "first"), record(None, "a", "b", reason="r")]
migrate()
assert list(entries()) == before and broken() == []
assert Account.objects.get().check_password("correct horse battery")
missing = [each for each in connection.introspection.django_table_names() if each not in connection.introspection.table_names()]
assert missing == [], missing
print("same")
"""


def contents(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder of data with a database that another process is just writing to."""
    folder = tmp_path / "data"
    (folder / "corpora" / "一").mkdir(parents=True)
    (folder / "corpora" / "一" / "corpus.json").write_text("{}")
    (folder / "secret-key").write_text("k" * 64)
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        connection.executescript("PRAGMA journal_mode=WAL; CREATE TABLE t (a)")
        connection.executemany("INSERT INTO t VALUES (?)", [(number,) for number in range(1000)])
        connection.commit()
    return folder


def test_what_is_restored_is_what_was_stored(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    with closing(sqlite3.connect(data / DATABASE)) as writer:
        writer.execute("INSERT INTO t VALUES (9999)")  # not accepted yet
        backup(Options(data), file)
        writer.rollback()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    target = tmp_path / "again"
    restore(Options(target), file)
    assert contents(target) == contents(data)
    same = {each.relative_to(target).as_posix() for each in target.rglob("*") if each.is_file()}
    assert same == {DATABASE, "secret-key", "corpora/一/corpus.json"}
    assert (target / "secret-key").read_text() == "k" * 64


def test_only_a_whole_backup_goes_into_an_empty_folder(data: Path, tmp_path: Path) -> None:
    file, target = tmp_path / "b.zip", tmp_path / "again"
    backup(Options(data), file)
    whole = file.read_bytes()

    def code(options: Options, of: Path) -> str:
        with pytest.raises(HyoteiError) as told:
            restore(options, of)
        return told.value.diagnostics[0].code

    assert code(Options(data), file) == "HY053"
    assert code(Options(target, database="postgresql://x/y"), file) == "HY050"
    assert code(Options(target), tmp_path / "none") == "HY101"
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr(DATABASE, "x")
    assert code(Options(target), tmp_path / "other.zip") == "HY054"
    damaged = tmp_path / "damaged.zip"
    for cut in (whole[:-10], whole[: len(whole) // 2], whole[:60] + bytes([whole[60] ^ 255]) + whole[61:]):
        damaged.write_bytes(cut)
        assert code(Options(target), damaged) == "HY054"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["b.zip", "damaged.zip", "data", "other.zip"]


def test_without_a_database_there_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(HyoteiError) as told:
        backup(Options(tmp_path / "none"), tmp_path / "b.zip")
    assert told.value.diagnostics[0].code == "HY051"
    assert list(tmp_path.iterdir()) == []


def test_one_command_does_it(data: Path, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from hyotei.cli.serve import serve

    file, target = str(tmp_path / "b.zip"), str(tmp_path / "again")
    ran = CliRunner().invoke(serve, ["--data", str(data), "--backup", file, "--json"], catch_exceptions=False)
    assert json.loads(ran.output)["backup"] == file
    CliRunner().invoke(serve, ["--data", target, "--restore", file], catch_exceptions=False)
    assert contents(Path(target)) == contents(data)


def test_a_database_of_the_first_version_becomes_one_of_this(tmp_path: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", _FROM_THE_FIRST, str(tmp_path)], capture_output=True, text=True)
    assert (ran.stdout, ran.returncode) == ("same\n", 0), ran.stderr


def test_verdicts_of_no_workbench_are_not_said_to_be_sound(tmp_path: Path) -> None:
    """A folder that is mistyped is told, and nothing is made there."""
    inside("verdict", "verify", "--data", tmp_path / "none").failed_with("HY051")
    assert list(tmp_path.iterdir()) == []
