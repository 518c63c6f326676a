"""`hyotei read` as a person uses it."""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import hyotei
from hyotei.cli import hyotei as command
from hyotei.readers import sheets_of_paths
from tests.readers.judgit_records import executed, record

LINES = "\n".join(
    record(executed(2017, "5.0", "0.0", "0.0", "0.0", "0.0", "5.0", "4.0"), number=number) for number in ("1", "2")
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    file = tmp_path / "data.ndjson"
    file.write_text(LINES + "\n{broken\n", encoding="utf-8")
    return file


def run(*arguments: object) -> Result:
    return CliRunner().invoke(command, ["read", *map(str, arguments)])


def test_counts_and_exit_code(data: Path) -> None:
    """Two are read, one failed, and the exit code says so."""
    result = run(data, "--lang", "en")
    assert result.exit_code == 2
    assert "read 2, of these with warnings 0, with notes 0, failed 1, left out 0" in result.stderr
    assert "2018/総務省/1" in result.stdout


@pytest.mark.parametrize("name", ["out.ndjson", "out.json"])
def test_what_is_written_reads_back(data: Path, tmp_path: Path, name: str) -> None:
    """All sheets, without loss, in either form; a list of sheets is JSON."""
    out = tmp_path / name
    run(data, "-o", out)
    wanted = [found.sheet for found in hyotei.read_sheets(data) if found.sheet]
    if name.endswith("ndjson"):
        assert [found.sheet for found in hyotei.read_sheets(out)] == wanted
    else:
        assert [sheet["id"] for sheet in json.loads(out.read_text(encoding="utf-8"))["sheets"]] == [
            sheet.id for sheet in wanted
        ]


def test_one_sheet_as_yaml(data: Path, tmp_path: Path) -> None:
    """It reads back the same; several do not go into one YAML."""
    data.write_text(LINES.partition("\n")[0], encoding="utf-8")
    out = tmp_path / "sheet.yaml"
    assert run(data, "-o", out).exit_code == 0
    (wanted,) = hyotei.read_sheets(data)
    assert hyotei.read_sheet(out) == wanted.sheet
    data.write_text(LINES, encoding="utf-8")
    result = CliRunner().invoke(command, ["read", str(data), "-o", str(out)])
    assert result.exit_code != 0


@pytest.mark.parametrize("before", [None, "kept: as it was\n"])
@pytest.mark.parametrize("count", [0, 2])
def test_a_yaml_is_written_whole_or_not_at_all(data: Path, tmp_path: Path, before: str | None, count: int) -> None:
    """Where there is not one sheet, what was there stays, and nothing new appears."""
    data.write_text("\n".join(LINES.split("\n")[:count]) + "\n{broken\n", encoding="utf-8")
    out = tmp_path / "out" / "sheet.yaml"
    out.parent.mkdir()
    if before is not None:
        out.write_text(before, encoding="utf-8")
    assert CliRunner().invoke(command, ["read", str(data), "-o", str(out)]).exit_code != 0
    assert {each.name: each.read_text(encoding="utf-8") for each in out.parent.iterdir()} == (
        {} if before is None else {"sheet.yaml": before}
    )


def test_json_of_one_sheet_is_the_sheet(data: Path) -> None:
    """`--json` gives the canonical document."""
    data.write_text(LINES.partition("\n")[0], encoding="utf-8")
    assert json.loads(run(data, "--json").stdout)["schema"] == "hyotei.sheet/3"


def test_the_report_shows_figures_beside_their_text(data: Path) -> None:
    """What was stated and what was inferred, with the literal and the reason."""
    shown = run(data, "--report").stdout
    assert "記載  平成29年度 当初予算 = 5,000,000円" in shown
    assert "推定  平成29年度 補正予算" in shown
    assert "「5.0」" in shown
    assert "内訳の和が合計と合う" in shown


def test_an_interruption_leaves_what_was_read(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C after the first sheet: it is in the output, which is whole, and the counts are told."""
    real = sheets_of_paths.read_sheets

    def interrupted(*arguments: object, **options: object) -> object:
        for found in real(*arguments, **options):  # type: ignore[arg-type]  # handed on as they came
            yield found
            raise KeyboardInterrupt

    monkeypatch.setattr(sheets_of_paths, "read_sheets", interrupted)
    out = tmp_path / "out.json"
    result = run(data, "-o", out, "--lang", "en")
    assert result.exit_code == 130
    assert "interrupted: read 1" in result.stderr
    assert json.loads(out.read_text(encoding="utf-8"))["id"] == "2018/総務省/1"


def test_an_unknown_output_is_refused(data: Path, tmp_path: Path) -> None:
    """Before anything is read."""
    result = run(data, "-o", tmp_path / "out.xlsx")
    assert result.exit_code != 0
    assert not (tmp_path / "out.xlsx").exists()


def test_progress_on_a_terminal(data: Path, tmp_path: Path) -> None:
    """On a real terminal there is a bar with count, rate and the time that is left, and it is gone at the end."""
    data.write_text(
        "\n".join(
            record(executed(2017, "1.0", "1.0", "1.0", "-1.0", "1.0", "3.0", "2.0"), number=str(n))
            for n in range(5_000)
        ),
        encoding="utf-8",
    )
    ours, theirs = pty.openpty()
    arguments = [
        sys.executable,
        "-m",
        "hyotei.cli",
        "read",
        str(data),
        "-o",
        str(tmp_path / "out.ndjson"),
        "--lang",
        "en",
    ]
    environment = {**os.environ, "PYTHONPATH": str(Path(hyotei.__file__).parents[1]), "TERM": "xterm", "COLUMNS": "100"}
    process = subprocess.Popen(arguments, stderr=theirs, env=environment)
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65_536)
        except OSError:  # what Linux says when the other end is closed
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    assert process.wait(60) == 0
    text = shown.decode()
    assert re.search(
        r"reading .*[0-9,]+ \([0-9,]+/s\) .*[0-9]:[0-9]{2}:[0-9]{2}", re.sub("\x1b[^a-zA-Z]*[a-zA-Z]", "", text)
    )
    assert text.rstrip().endswith("read 5,000, of these with warnings 0, with notes 0, failed 0, left out 0")


def test_facts_and_recorded_results_are_listed_with_the_figures(tmp_path: Path) -> None:
    """What was read of a sheet is told whole: figures, facts, results; the same of a sheet in a corpus."""
    sheet = tmp_path / "sheet.yaml"
    sheet.write_text(
        "id: one\ntitle: 例\nauthority: 例示省\nfiscal_year: 2012\nfacts: {need: 高い}\n"
        "measures: [{actual: 3件, facts: {weight: 2}}]\nrecorded: {rating: A, course: 続ける}\n",
        "utf-8",
    )
    told = run(sheet, "--report").stdout
    for each in (
        "個別項目 need = 高い",
        "個別項目 weight = 2",
        "記載された結果 course = 続ける",
        "記載された評価区分 = A",
    ):
        assert each in told
    corpus = CliRunner().invoke(command, ["corpus", "build", str(sheet), "-o", str(tmp_path / "corpus")])
    assert corpus.exit_code == 0, corpus.output
    shown = CliRunner().invoke(command, ["corpus", "show", str(tmp_path / "corpus"), "one"]).stdout
    assert [line for line in shown.splitlines() if line in told.splitlines()] == shown.splitlines()
