"""A rulebook as SQL: the printed text runs where it is meant to run, and rates as the reference does."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import duckdb as duck
import pytest

from hyotei.columnar.decision_reads import figures_read
from hyotei.columnar.engine_functions import QUOTIENT, WHOLE
from hyotei.columnar.engine_sql import DIALECTS
from hyotei.columnar.layout import RELATIONS, Layout
from hyotei.columnar.number_scale import NumberScale
from hyotei.columnar.relations import Relations, relations_of
from hyotei.columnar.sql_script import script, script_layout
from hyotei.rulebook.reference import evaluate
from hyotei.sheet import Sheet
from tests.rulebook.small import SHEET
from tests.test_interpreters import shipped


@pytest.fixture
def sheets(seed: Sheet) -> list[Sheet]:
    """Sheets of several years."""
    return [SHEET, *(seed.model_copy(update={"id": f"s{year}", "fiscal_year": year}) for year in range(2010, 2014))]


def expected(sheets: list[Sheet]) -> list[tuple[object, ...]]:
    """Rating, recommendation and status of every sheet, by the reference."""
    found: list[tuple[object, ...]] = []
    for number, sheet in enumerate(sheets):
        derivation = evaluate(shipped(), sheet)
        values = [derivation.value(name) for name in ("rating", "budget")]
        words = [each if isinstance(each, str) else None for each in values]
        found.append((number, *words, "undetermined" if None in words else "determined"))
    return found


@pytest.mark.parametrize("dialect", DIALECTS)
def test_scripts_name_what_they_read_and_divide_nothing_as_doubles(dialect: str) -> None:
    """No function of ours is left in the text, and no division that could be one of doubles."""
    text = script(shipped(), dialect, Layout())
    code = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    assert QUOTIENT not in code.lower()
    assert WHOLE not in code.lower()
    assert "DOUBLE" not in code.upper()
    assert "FLOAT" not in code.upper()
    assert "FLOOR" not in code.upper()
    if dialect == "duckdb":
        assert "/" not in code.replace("//", "")
    assert shipped().hash in text
    assert all(f"{name}:" in text for name in ("sheets", "measures", "budget_years"))


def test_scripts_tell_how_their_figures_are_scaled() -> None:
    """Money is in whole yen, figures of indicators are times a power of ten, and what is no number has no scale."""
    text = script(shipped(), "duckdb", script_layout(shipped(), decimals=3))
    told = {
        words[1]: words[2:-1] for line in text.splitlines() if line.startswith("--     ") and (words := line.split())
    }
    assert told["total"] == told["executed"] == ["int64"]
    assert told["actual"] == ["int64,", "times", "10^3"]
    assert told["direction"] == ["string"]


def test_text_for_duckdb_runs_and_rates(sheets: list[Sheet]) -> None:
    """A DuckDB that knows nothing of Hyotei gives the verdicts of the reference."""
    relations = relations_of(sheets, figures_read(shipped()))
    with duck.connect() as connection:
        for scope, table in relations.tables.items():
            connection.register(RELATIONS[scope], table)
        for statement in script(shipped(), "duckdb", relations.layout).split(";\n"):
            if statement.strip():
                connection.execute(statement)
        found = connection.execute("SELECT sheet_id, rating, budget, status FROM verdicts ORDER BY sheet_id").fetchall()
    assert found == expected(sheets)


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """A PostgreSQL of its own for the time of the tests: the command that runs SQL in it."""
    binaries = [shutil.which(name) for name in ("initdb", "pg_ctl", "psql")]
    if not all(binaries):
        pytest.skip("PostgreSQL (initdb, pg_ctl, psql) is not on this machine")
    folder = tmp_path_factory.mktemp("postgres")
    as_user: list[str] = []
    if os.geteuid() == 0:
        # The server refuses to run as root.
        if shutil.which("runuser") is None or subprocess.run(["id", "postgres"], capture_output=True).returncode:
            pytest.skip("PostgreSQL does not run as root, and there is no user postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
        for each in (folder, *folder.parents):
            if str(each).startswith("/tmp/"):
                each.chmod(0o755)
        shutil.chown(folder, "postgres")
    data = folder / "data"
    initdb, pg_ctl, psql = (str(each) for each in binaries)
    made = subprocess.run(
        [*as_user, initdb, "-D", str(data), "-E", "UTF8", "--locale=C", "-A", "trust"], capture_output=True
    )
    if made.returncode:
        pytest.skip(f"PostgreSQL cannot be set up: {made.stderr.decode()[-200:]}")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    started = subprocess.run(
        [*as_user, pg_ctl, "-D", str(data), "-o", options, "-w", "-l", str(folder / "log"), "start"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    if started.returncode:
        pytest.skip("PostgreSQL does not start")
    try:
        user = "postgres" if as_user else os.environ.get("USER", "postgres")
        yield [
            psql,
            "-h",
            str(folder),
            "-U",
            user,
            "-d",
            "postgres",
            "-v",
            "ON_ERROR_STOP=1",
            "-q",
            "-A",
            "-t",
            "-F",
            "|",
        ]
    finally:
        subprocess.run([*as_user, pg_ctl, "-D", str(data), "-m", "immediate", "stop"], capture_output=True)


def _copied(relations: Relations) -> str:
    """The relations as SQL that makes and fills tables."""
    parts = []
    types = {
        "int64": "BIGINT",
        "int32": "INTEGER",
        "int16": "SMALLINT",
        "int8": "SMALLINT",
        "string": "TEXT",
        "bool": "BOOLEAN",
    }
    for scope, table in relations.tables.items():
        columns = [f'"{field.name}" {types.get(str(field.type), "DECIMAL(38, 0)")}' for field in table.schema]
        parts.append(f"CREATE TEMP TABLE {RELATIONS[scope]} ({', '.join(columns)});")
        for row in table.to_pylist():
            values = [
                "NULL" if each is None else f"'{str(each).replace(chr(39), chr(39) * 2)}'" for each in row.values()
            ]
            parts.append(f"INSERT INTO {RELATIONS[scope]} VALUES ({', '.join(values)});")
    return "\n".join(parts)


@pytest.mark.slow
@pytest.mark.parametrize("wide", [False, True])
def test_text_for_postgres_runs_and_rates(postgres: list[str], sheets: list[Sheet], wide: bool, tmp_path: Path) -> None:
    """So does PostgreSQL, with columns of 64 bits and with wide ones."""
    relations = relations_of(sheets, figures_read(shipped()))
    layout = relations.layout
    if wide:
        layout = Layout({key: NumberScale(shape.scale, 25) for key, shape in layout.shapes.items()})
    file = tmp_path / "script.sql"
    query = "SELECT sheet_id, coalesce(rating, ''), coalesce(budget, ''), status FROM verdicts ORDER BY sheet_id;"
    file.write_text(_copied(relations) + "\n" + script(shipped(), "postgres", layout) + query, encoding="utf-8")
    done = subprocess.run([*postgres, "-f", "-"], input=file.read_bytes(), capture_output=True)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    found = [tuple(line.split("|")) for line in done.stdout.decode().splitlines() if line]
    assert found == [tuple("" if each is None else str(each) for each in row) for row in expected(sheets)]
