"""The command `hyotei`. Each subcommand is a file of its own, imported when it is called, so that every command starts quickly."""

import sys
from importlib import import_module

import click

from hyotei.cli.output import INPUT_WRONG, tell


class LazyGroup(click.Group):
    """A group whose commands are `module:function`, imported when first needed."""

    def __init__(self, *args: object, commands_at: dict[str, str] | None = None, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # handed on as they came
        self.commands_at = commands_at or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands_at)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        where = self.commands_at.get(cmd_name)
        if where is None:
            return None
        module, _, name = where.partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from hyotei.version import __version__

        click.echo(f"hyotei {__version__}")
        context.exit()


@click.group(
    cls=LazyGroup,
    commands_at={
        "rate": "hyotei.cli.rate:rate",
        "read": "hyotei.cli.read:read",
        "rulebook": "hyotei.cli.rulebook:rulebook",
        "sheet": "hyotei.cli.sheet:sheet",
        "verdict": "hyotei.cli.verdict:verdict",
    },
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_version,
    help="版を表示する。 / Show the version.",
)
def hyotei() -> None:
    """政策評価書の評価区分と予算の方向を、評価基準書から理由とともに導く。

    Derives the rating and the budget recommendation of an evaluation sheet from a rulebook, with its reasons.
    """


def main() -> None:
    """The entry point: a user sees messages of the catalogue and exit codes, never a traceback."""
    from hyotei.messages import HyoteiError

    try:
        hyotei.main(standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(INPUT_WRONG)
    except click.Abort:
        sys.exit(130)
    except HyoteiError as error:
        tell(error.diagnostics)
        sys.exit(INPUT_WRONG)
    except BrokenPipeError:
        # The reader of our output has gone, as `head` does; that is no fault.
        sys.stderr.close()
        sys.exit(0)
