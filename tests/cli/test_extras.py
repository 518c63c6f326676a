"""Every command says which extra to install, whichever library is missing; without it all that needs none of it goes on."""

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click
import pytest

from hyotei.base.extras import EXTRAS
from hyotei.cli import hyotei as hyotei_command
from hyotei.workbench.log_chain import FIRST, Entry, entry_hash
from tests.cli.command import SEED, Done, inside
from tests.conftest import ROOT

MODULES = sorted({module for modules in EXTRAS.values() for module in modules})


def without(modules: Iterable[str], commands: Sequence[Sequence[object]], windows: bool = False) -> list[Done]:
    """How each of the commands went, in the order given, where none of the modules is there, nor what Windows lacks."""
    wanted = {
        "modules": sorted(modules),
        "commands": [[str(each) for each in command] for command in commands],
        "windows": windows,
    }
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("HYOTEI_")}
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("without_modules.py")],
        input=json.dumps(wanted),
        env={**inherited, "PYTHONPATH": str(ROOT / "engine")},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return [Done(**each) for each in json.loads(done.stdout)]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of one sheet, built with all extras."""
    folder = tmp_path_factory.mktemp("corpus") / "c"
    assert inside("corpus", "build", SEED, "-o", folder).code == 0
    return folder


def commands(corpus: Path, out: Path) -> list[tuple[frozenset[str], list[object]]]:
    """Every command, and ways of calling it that need more, each with the extras that it needs."""
    none, readers = frozenset[str](), frozenset(("readers",))
    proof, columnar, report = frozenset(("proof",)), frozenset(("columnar",)), frozenset(("report",))
    slide = ["sweep", "mic-2013", SEED, "--param", "about=5%..15%"]
    return [
        (none, ["audit", SEED]),
        (columnar, ["audit", corpus]),
        (report, ["audit", SEED, "-o", out / "report"]),
        (proof, ["certificate", "schema"]),
        (proof, ["certificate", "verify", out / "none.json"]),
        (none, ["completion", "bash"]),
        (columnar, ["corpus", "build", SEED, "-o", out / "built"]),
        (columnar, ["corpus", "check", corpus]),
        (columnar, ["corpus", "info", corpus]),
        (columnar, ["corpus", "show", corpus, "mic-24-15"]),
        (proof, ["diff", "mic-2013", "mic-2013"]),
        (columnar, ["impact", "mic-2013", "mic-2013", SEED]),
        (none, ["compare", SEED, "--rulebooks", "mic-2013,nagayo-2015"]),
        (columnar, ["compare", corpus, "--rulebooks", "mic-2013,nagayo-2015"]),
        (columnar | report, ["impact", "mic-2013", "mic-2013", SEED, "--xlsx", out / "i.xlsx"]),
        (none, ["form", "check", "mic"]),
        (none, ["form", "format", "--check", ROOT / "forms" / "mic" / "form.md"]),
        (none, ["form", "list"]),
        (readers, ["form", "new", "--from", out / "page.html", "-o", out / "forms"]),
        (none, ["form", "show", "mic"]),
        (none, ["form", "test", "mic"]),
        (none, ["history", "mic-24-15", SEED]),
        (none, ["imply", SEED]),
        (none, ["log", "verify", out / "log.ndjson"]),
        (proof, ["prove", "mic-2013", "--timeout", "1"]),
        (none, ["rate", SEED]),
        (proof, ["rate", SEED, "--certain", "--timeout", "1"]),
        (columnar, ["rate", corpus, "--rulebook", "mic-2013", "-o", out / "r.parquet"]),
        (none, ["read", SEED]),
        (readers, ["read", out / "page.html"]),
        (none, ["rulebook", "check", "mic-2013"]),
        (report, ["rulebook", "export", "mic-2013", "-o", out / "rules.xlsx"]),
        (readers, ["rulebook", "import", out / "page.html", "-o", out / "imported"]),
        (none, ["rulebook", "format", "--check", ROOT / "rules" / "mic-2013" / "rulebook.md"]),
        (none, ["rulebook", "hash", "mic-2013"]),
        (none, ["rulebook", "new", "-o", out / "new"]),
        (none, ["rulebook", "gallery"]),
        (none, ["rulebook", "list"]),
        (none, ["rulebook", "show", "mic-2013"]),
        (columnar, ["rulebook", "sql", "mic-2013"]),
        (none, ["rulebook", "test", "mic-2013"]),
        (frozenset(("testing",)), ["rulebook", "test", "mic-2013", "--properties", "1"]),
        (frozenset(("workbench", "readers", "report")), ["serve", "--prepare", "--data", out / "workbench"]),
        (none, ["sheet", "check", SEED]),
        (none, ["sheet", "new"]),
        (none, ["sheet", "schema"]),
        (columnar, slide),
        (columnar | report, [*slide, "--html", out / "s.html"]),
        (readers, ["template", "-o", out / "form.xlsx"]),
        (none, ["verdict", "schema"]),
        (frozenset(("workbench",)), ["verdict", "verify", "--data", out / "workbench"]),
    ]


def _leaves(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from _leaves(command, (*path, name))
        else:
            yield (*path, name)


def test_every_command_is_tried(tmp_path: Path) -> None:
    """A command that is new must be entered in the table above."""
    tried = [command for _, command in commands(tmp_path, tmp_path)]
    missing = [leaf for leaf in _leaves(hyotei_command) if not any(list(leaf) == each[: len(leaf)] for each in tried)]
    assert missing == []


def _log_of_one_entry() -> str:
    entry = (1, "2026-01-01T00:00:00Z", "", "", "log.begun", "", "{}", FIRST)
    return json.dumps(Entry(*entry, entry_hash(*entry))._asdict()) + "\n"


def _tried(modules: Iterable[str], corpus: Path, out: Path) -> Iterator[tuple[frozenset[str], list[object], Done]]:
    (out / "page.html").write_text("<html><table><tr><td>評価書</td></tr></table></html>", encoding="utf-8")
    (out / "log.ndjson").write_text(_log_of_one_entry(), encoding="utf-8")
    table = commands(corpus, out)
    for (needs, command), done in zip(table, without(modules, [command for _, command in table]), strict=True):
        assert "HY718" not in done.err, (command, done.err)
        yield needs, command, done


def test_without_any_extra_each_command_names_what_it_needs(corpus: Path, tmp_path: Path) -> None:
    """A command that needs an extra tells the line that installs it and writes nothing; every other gives its answer."""
    for needs, command, done in _tried(MODULES, corpus, tmp_path):
        if not needs:
            assert done.code == 0, (command, done.err)
            continue
        assert done.code == 2, command
        named = [extra for extra in EXTRAS if f"hyotei[{extra}]" in done.err]
        assert named, (command, done.err)
        assert set(named) <= needs, (command, done.err)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["log.ndjson", "new", "page.html"]


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("module", MODULES)
def test_one_missing_library_names_an_extra_that_brings_it(corpus: Path, tmp_path: Path, module: str) -> None:
    """Whichever library it is: a command gives its answer, or names an extra that has it, and is never at fault."""
    bringing = {extra for extra, modules in EXTRAS.items() if module in modules}
    for _, command, done in _tried([module], corpus, tmp_path):
        named = {extra for extra in EXTRAS if f"hyotei[{extra}]" in done.err}
        if named:
            assert done.code == 2, command
            assert named & bringing, (command, done.err)


@pytest.mark.slow
def test_without_file_locks_all_but_building_goes_on(corpus: Path, tmp_path: Path) -> None:
    """Windows has no fcntl: what would need it says so in a sentence, and everything else needs none."""
    locking = {"build", "r.parquet"}
    for _, command, done in _tried(["fcntl", "resource"], corpus, tmp_path):
        if any(str(word).rpartition("/")[2] in locking for word in command):
            assert "HY719" in done.err, (command, done.err)
        else:
            assert "HY719" not in done.err, command


def test_windows_is_told_at_once_what_does_not_work_there(corpus: Path, tmp_path: Path) -> None:
    """The inference engine and what needs file locks say so in a sentence; reading, checking and showing go on."""
    commands = (
        (0, "", ["read", SEED, "-o", tmp_path / "read.yaml"]),
        (0, "", ["rulebook", "check", "mic-2013"]),
        (0, "", ["corpus", "info", corpus]),
        (0, "", ["corpus", "show", corpus, "mic-24-15"]),
        (2, "HY603", ["rate", SEED]),
        (2, "HY603", ["audit", SEED]),
        (2, "HY719", ["corpus", "build", SEED, "-o", tmp_path / "built"]),
        (2, "HY719", ["rate", corpus, "--rulebook", "mic-2013", "-o", tmp_path / "r.parquet"]),
    )
    done = without(["fcntl", "resource"], [command for _, _, command in commands], windows=True)
    for (code, said, command), found in zip(commands, done, strict=True):
        assert found.code == code, (command, found.err)
        assert said in found.err, (command, found.err)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["read.yaml"]


def test_extras_are_those_of_the_package() -> None:
    """The table of modules speaks of extras that there are."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        optional = tomllib.load(file)["project"]["optional-dependencies"]
    assert set(EXTRAS) <= set(optional)


def test_python_interface_names_the_extra() -> None:
    """`hyotei.impact` and the like, as attributes or imported, fail with the same sentence."""
    script = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "import hyotei\n"
        "try:\n    hyotei.impact\nexcept hyotei.HyoteiError as error:\n    print(error.diagnostics[0].code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": str(ROOT / "engine")},
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "HY902"
