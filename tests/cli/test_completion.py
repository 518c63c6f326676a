"""Completion by the tabulator key: the scripts of each shell, and what they are answered."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hyotei.cli import hyotei as hyotei_command
from tests.cli.command import inside
from tests.conftest import ROOT

SHELLS = ("bash", "zsh", "fish")


def asked(shell: str, words: str, **environment: str) -> str:
    """What a shell is answered that has these words on its line, the last of which is to be completed."""
    given = words.split(" ")
    done = subprocess.run(
        [sys.executable, "-m", "hyotei.cli"],
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("HYOTEI_")},
            "PYTHONPATH": str(ROOT / "engine"),
            "_HYOTEI_COMPLETE": f"{shell}_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": given[-1] if shell == "fish" else str(len(given) - 1),
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.stderr, done.returncode) == ("", 0)
    return done.stdout


@pytest.mark.parametrize("shell", SHELLS)
def test_commands_and_options_are_completed(shell: str) -> None:
    """Commands by their beginning, commands of a group, options of a command, values of an option, and files."""
    for words, expected in (
        ("hyotei rulebo", ["rulebook"]),
        ("hyotei rulebook sh", ["show"]),
        ("hyotei rate --why-n", ["--why-not"]),
        ("hyotei rate --lang e", ["en"]),
        ("hyotei corpus ", ["build", "check", "info", "show"]),
    ):
        found = asked(shell, words)
        for each in expected:
            assert each in found, (words, found)
    assert "file" in asked(shell, "hyotei rate x")


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_helps_are_in_one_language(shell: str) -> None:
    """What stands beside a command in the list is in the language of the person."""
    for language in ("ja", "en"):
        found = asked(shell, "hyotei cor", HYOTEI_LANG=language)
        assert ("Parquet tables" in found, "の表" in found) == (language == "en", language == "ja")


@pytest.mark.parametrize("shell", SHELLS)
def test_scripts_are_printed(shell: str) -> None:
    """A script names the program and the variable by which it asks; another shell is refused."""
    done = inside("completion", shell)
    assert done.code == 0
    assert f"_HYOTEI_COMPLETE={shell}_complete" in done.out
    assert "%(" not in done.out
    inside("completion", "csh").failed_with("HY713")


LINES = {
    "bash": 'eval "$(hyotei completion bash)"; COMP_WORDS=(hyotei rulebo); COMP_CWORD=1; _hyotei_completion hyotei; '
    'echo "${COMPREPLY[@]}"',
    "zsh": 'autoload -Uz compinit && compinit -u; eval "$(hyotei completion zsh)"; whence -w _hyotei_completion',
    "fish": 'hyotei completion fish | source; complete -C "hyotei rulebo"',
}


@pytest.mark.parametrize("shell", SHELLS)
def test_the_shell_itself_takes_the_script(shell: str, tmp_path: Path) -> None:
    """In a real shell, where it is installed."""
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed on this machine")
    shim = tmp_path / "hyotei"
    shim.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT / "engine"} exec {sys.executable} -m hyotei.cli "$@"\n')
    shim.chmod(0o755)
    done = subprocess.run(
        [program, "-c", LINES[shell]],
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert ("rulebook" if shell != "zsh" else "_hyotei_completion: function") in done.stdout


def test_every_command_can_be_completed() -> None:
    """None is left out of the answer to an empty word."""
    found = asked("bash", "hyotei ")
    assert set(hyotei_command.list_commands(None)) <= {line.partition(",")[2] for line in found.splitlines()}  # type: ignore[arg-type]  # no context is looked at
