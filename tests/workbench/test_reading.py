"""Uploaded files are read in a process of their own, whatever they do to it."""

import io
import json
import os
import time
import zipfile
from contextlib import ExitStack
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

pytest.importorskip("django")

from django.core.files.uploadedfile import SimpleUploadedFile

from hyotei.intake.given_identity import GivenIdentity
from hyotei.readers import read_sheet
from hyotei.sheet.models import Sheet
from hyotei.workbench import reading_process, reading_turns
from hyotei.workbench.reading import Read, read_files
from tests.conftest import ROOT

SEED = ROOT / "cases" / "mic-24-15" / "sheet.yaml"


def uploaded(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def codes(read: list[Read]) -> list[str]:
    return [problem.en.partition("HY")[2][:3] for each in read for problem in each.problems]


def test_what_is_read_is_what_the_command_reads(database: Any) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(SEED, "inner.yaml")
    files = [
        uploaded("評価書.yaml", SEED.read_bytes()),
        uploaded("two.zip", packed.getvalue()),
        uploaded("x.pdf", b"%PDF"),
    ]
    read = read_files(files)
    sheets = [Sheet.model_validate_json(each.sheet) for each in read if each.sheet is not None]
    expected = read_sheet(SEED).model_dump_json().replace("sheet.yaml", "評価書.yaml")
    assert sheets[0].model_dump_json() == expected
    assert [each.file for each in read[:2]] == ["評価書.yaml", "inner.yaml"]
    assert read[2].sheet is None
    assert read[2].problems


@pytest.mark.parametrize("name", ["../../etc/passwd", "/abs", "C:\\x\\y", "a\x00b", "\u202eevil", "x" * 300, ""])
def test_a_name_is_a_label_and_never_a_path(database: Any, name: str, tmp_path: Path) -> None:
    file = uploaded("x", SEED.read_bytes())
    file._name = name  # what Django cleans already
    read = read_files([file])
    assert read[0].sheet is not None
    assert "\u202e" not in read[0].file + read[0].sheet


def test_what_takes_too_long_is_ended_and_told(database: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = time.monotonic()
    read = read_files([uploaded("sheet.yaml", SEED.read_bytes())], seconds=0.01)
    assert time.monotonic() - begun < 5
    assert codes(read) == ["008"]


def test_a_process_that_dies_costs_only_itself(database: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module of the name of a library in front of it ends the process at once, as a crash would."""
    (tmp_path / "yaml.py").write_text("import os\nos._exit(9)\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert codes(read_files([uploaded("sheet.yaml", SEED.read_bytes())])) == ["009"]


def test_few_are_read_at_once_and_what_is_too_much_is_refused(person: Any) -> None:
    client = person("evaluator")
    with ExitStack() as held:
        for _ in range(reading_turns.AT_ONCE):
            held.enter_context(reading_turns.turn())
        waiting = [Thread(target=_turn) for _ in range(reading_turns.MOST - reading_turns.AT_ONCE)]
        for each in waiting:
            each.start()
        answer = _refused(client)
        assert "もう一度送ってください" in answer.content.decode()
        assert all(each.is_alive() for each in waiting)
    for each in waiting:
        each.join(10)
    assert client.post("/sheets/", {"files": [uploaded("sheet.yaml", SEED.read_bytes())]}).status_code == 302


def _turn() -> None:
    with reading_turns.turn():
        pass


def _refused(client: Any) -> Any:
    """The first answer that refuses files; before it those that wait have come."""
    for _ in range(100):
        if not reading_turns._wanted.acquire(blocking=False):
            answer = client.post("/sheets/", {"files": [uploaded("sheet.yaml", SEED.read_bytes())]})
            assert answer.status_code == 503
            return answer
        reading_turns._wanted.release()
        time.sleep(0.05)
    raise AssertionError("nobody waits")


def test_its_memory_is_bounded(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    child = os.fork()
    if child == 0:
        try:
            reading_process.bound()
            bytearray(reading_process.MEMORY)
        except MemoryError:
            os._exit(7)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert resource.getrlimit(resource.RLIMIT_AS)[0] != reading_process.MEMORY


def test_half_a_line_is_no_sheet(database: Any, tmp_path: Path) -> None:
    from hyotei.workbench.reading import _found

    line = json.dumps({"file": "a", "sheet": None, "problems": [], "source": None})
    (tmp_path / reading_process.READ).write_text(f"{line}\n{line[:20]}", encoding="utf-8")
    assert [each.file for each in _found(tmp_path)] == ["a"]


CSV = "指標名,単位,基準値,目標値,実績値\n観光客数,人,1000,1200,1150\n"


def test_what_a_document_does_not_state_is_given_beside_it(database: Any) -> None:
    """As `--authority` and `--fiscal-year` give it to the command."""
    given = GivenIdentity(authority="あおぞら市", fiscal_year=2023)
    read = read_files([uploaded("k.csv", CSV.encode())], given=given)
    sheet = Sheet.model_validate_json(str(read[0].sheet))
    assert (sheet.authority, sheet.fiscal_year) == ("あおぞら市", 2023)
    assert read_files([uploaded("k.csv", CSV.encode())])[0].sheet is None


def test_a_page_tells_nobody_to_give_an_option(database: Any) -> None:
    files = [uploaded("photo.jpg", b"\x00\x01\x02"), uploaded("k.csv", CSV.encode())]
    said = [text for each in read_files(files) for problem in each.problems for text in (problem.ja, problem.en)]
    assert any("HY805" in text for text in said)
    assert any("HY252" in text for text in said)
    assert not [text for text in said if "--" in text]
