"""docs/commands.md and docs/commands.en.md name every command with each of its options, and none that there is not."""

import re
from collections.abc import Iterator

import click
import pytest

from hyotei.cli import hyotei
from tests.conftest import ROOT

EVERYWHERE = {"--lang", "--json", "--help"}
READING = {"--as", "--form", "--authority", "--fiscal-year", "--title", "--id"}
"""What the page says once, of the commands with a dagger."""


def commands(group: click.Group) -> dict[str, set[str]]:
    """Every command with the options that not every one has."""
    return {name: options - EVERYWHERE for name, options in _options(group)}


def _options(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, set[str]]]:
    """Every command with its options, each by one name: a short one as it is, else the long one."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from _options(command, (*path, name))
        else:
            options = {each.opts[0] for each in command.params if isinstance(each, click.Option)}
            yield " ".join((*path, name)), options


def listed(page: str) -> dict[str, set[str]]:
    """What the table of commands says of each."""
    found: dict[str, set[str]] = {}
    for line in (ROOT / "docs" / page).read_text("utf-8").splitlines():
        match = re.fullmatch(r"\| `([a-z]+(?: [a-z]+)?)\b[^`]*`( †)? \| .+ \| (.*) \|", line)
        if match:
            options = {code.split()[0] for code in re.findall(r"`(-[^`]+)`", match[3])}
            found[match[1]] = options | (READING if match[2] else set())
    return found


def test_every_command_takes_a_language() -> None:
    """The page says so; a person puts it where it comes to mind."""
    assert [name for name, every in _options(hyotei) if "--lang" not in every] == []


@pytest.mark.parametrize("page", ["commands.md", "commands.en.md"])
def test_every_command_and_option_is_listed(page: str) -> None:
    assert listed(page) == commands(hyotei)
