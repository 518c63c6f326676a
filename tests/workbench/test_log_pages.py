"""The log as a page, as a file, and verified by a command that needs no workbench."""

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("django")

from tests.cli.command import inside


def exported(person: Any, folder: Path) -> Path:
    from hyotei.workbench.log import record

    for number in range(3):
        record(None, "account.created", f"名前{number}", role="viewer")
    file = folder / "log.ndjson"
    file.write_bytes(b"".join(person("viewer").get("/log/export.ndjson").streaming_content))
    return file


def test_the_page_shows_entries_and_whether_the_chain_is_whole(person: Any, tmp_path: Path) -> None:
    exported(person, tmp_path)
    shown = person("viewer").get("/log/?verify=1").content.decode()
    assert "鎖は切れていません" in shown
    assert "名前2" in shown


def test_an_exported_log_is_verified_without_a_workbench(person: Any, tmp_path: Path) -> None:
    file = exported(person, tmp_path)
    whole = inside("log", "verify", str(file), "--json")
    last = whole.json["last"]
    assert (whole.code, whole.json["entries"], whole.json["whole"]) == (0, 3, True)
    assert inside("log", "verify", str(file), "--expect", last).code == 0
    lines = file.read_text(encoding="utf-8").splitlines()
    # Cut off at its end, a chain is whole; the hash that was noted tells it.
    file.write_text("\n".join(lines[:-1]), encoding="utf-8")
    assert inside("log", "verify", str(file)).code == 0
    cut = inside("log", "verify", str(file), "--expect", last)
    assert (cut.code, "HY025" in cut.err) == (1, True)
    file.write_text("\n".join([lines[0].replace("viewer", "king"), *lines[1:]]), encoding="utf-8")
    changed = inside("log", "verify", str(file))
    assert (changed.code, "HY024" in changed.err) == (1, True)


def test_what_people_write_ends_no_line_of_an_exported_log(person: Any, tmp_path: Path) -> None:
    from hyotei.workbench.log import record

    record(None, "account.created", "名前", reason="\u2028 \u2029 \x85 \x0b \x0c \x1c \r\n")
    whole = inside("log", "verify", str(exported(person, tmp_path)), "--json")
    assert (whole.json["entries"], whole.json["whole"]) == (4, True)


@pytest.mark.parametrize("line", ["x", "{}", "[]", '{"number": 1}', "null"])
def test_what_is_no_log_is_told(tmp_path: Path, line: str) -> None:
    file = tmp_path / "log.ndjson"
    file.write_text(line, encoding="utf-8")
    done = inside("log", "verify", str(file))
    assert (done.code, "HY026" in done.err) == (2, True)
    assert json.loads(inside("log", "verify", str(file), "--json").out)["problems"]


def test_every_action_that_is_logged_has_its_words(person: Any, root: Path) -> None:
    import re

    from hyotei.messages.text_files import entries

    known = {key.removeprefix("action.") for key in entries("workbench") if key.startswith("action.")}
    source = "".join(
        file.read_text(encoding="utf-8") for file in (root / "engine" / "hyotei" / "workbench").rglob("*.py")
    )
    logged = set(
        re.findall(
            r'"((?:account|token|verdict|sheet|draft|submission|review|rulebook|form)\.(?!html)[a-z_]+)"', source
        )
    )
    kinds = set(re.findall(r'revise\([^"]*"([a-z]+)"', source))
    # Steps back and forth of a draft are logged by the kind of the step, jobs by what they are of.
    ended = set(re.findall(r'log\([^"]*f"\{job\.kind\}\.([a-z]+)"', source))
    of_jobs = {f"{kind}.{end}" for kind in ("corpus", "audit", "review") for end in ended}
    assert (
        logged | {f"sheet.{kind}" for kind in kinds} | {"draft.undone", "draft.redone"} | of_jobs | {"finding.checked"}
        == known
    )
