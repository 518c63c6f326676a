"""`hyotei completion`: what a shell needs to complete commands and options with the tabulator key."""

import os
from typing import TYPE_CHECKING, Final

import click

from hyotei.cli import COMPLETING, helping, hyotei
from hyotei.cli.output import lang_option

if TYPE_CHECKING:
    from hyotei.messages import Language

_SHELLS: Final = ("bash", "zsh", "fish")


@click.command(help="help.completion.command")
@click.argument("shell", type=click.Choice(_SHELLS))
@lang_option
def completion(shell: str, lang: "Language") -> None:
    """Prints the completion script of a shell: in ~/.bashrc, write eval "$(hyotei completion bash)"."""
    from click.shell_completion import get_completion_class

    del lang  # What a shell is told has no words; but every command takes it.
    found = get_completion_class(shell)
    assert found is not None, "click knows these shells"
    made = found(hyotei, {}, "hyotei", COMPLETING)
    # Not `source()`, which asks the bash at hand for its version: the script may be for another machine.
    click.echo(made.source_template % made.source_vars())


def completed(language: "Language") -> int:
    """Answers a shell that asks for completions, with helps in one language; the exit code."""
    from click.shell_completion import shell_complete

    return shell_complete(helping(hyotei, language), {}, "hyotei", COMPLETING, os.environ[COMPLETING])
