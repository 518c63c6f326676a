"""The command `hyotei`. Each subcommand is a file of its own, imported when it is called, so that every command starts quickly."""

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import (
    DONE,
    INPUT_WRONG,
    INTERRUPTED,
    LANGUAGES,
    asked_language,
    fail,
    help_language,
    tell,
    without_language,
)
from hyotei.cli.without_pandas import do_without_pandas

if TYPE_CHECKING:
    from hyotei.messages import Language


COMPLETING = "_HYOTEI_COMPLETE"
"""The environment variable by which a shell asks for completions."""


class LazyGroup(click.Group):
    """A group whose commands are `module:function`, imported when first needed."""

    def __init__(self, *args: object, commands_at: dict[str, str] | None = None, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # handed on as they came
        self.commands_at = commands_at or {}
        self.help_language: Language | None = None
        """In which language help is asked for; None where it is not."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands_at)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        where = self.commands_at.get(cmd_name)
        if where is None:
            return None
        module, _, name = where.partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command if self.help_language is None else helping(command, self.help_language)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.commands_at and not args[0].startswith("-"):
            from hyotei.cli.usage_errors import no_such_command

            raise no_such_command(args[0], self.commands_at)
        return super().resolve_command(ctx, args)


def helping(command: click.Command, language: "Language") -> click.Command:
    """A command and those below it with their help in one language."""
    from hyotei.cli.help_texts import in_language

    found = in_language(command, language)
    if isinstance(found, LazyGroup):
        found.help_language = language
    return found


def _asks_for_help(arguments: Sequence[str]) -> bool:
    """Whether help may be shown: it is asked for, or a group is called without a command."""
    return len(without_language(arguments)) < 2 or "--help" in arguments or "-h" in arguments


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from hyotei.version import __version__

        click.echo(f"hyotei {__version__}")
        context.exit()


@click.group(
    cls=LazyGroup,
    commands_at={
        "audit": "hyotei.cli.audit:audit",
        "certificate": "hyotei.cli.certificate:certificate",
        "compare": "hyotei.cli.compare:compare",
        "completion": "hyotei.cli.completion:completion",
        "corpus": "hyotei.cli.corpus:corpus",
        "diff": "hyotei.cli.diff:diff",
        "form": "hyotei.cli.form:form",
        "history": "hyotei.cli.history:history",
        "impact": "hyotei.cli.impact:impact",
        "imply": "hyotei.cli.imply:imply",
        "log": "hyotei.cli.log:log",
        "prove": "hyotei.cli.prove:prove",
        "rate": "hyotei.cli.rate:rate",
        "read": "hyotei.cli.read:read",
        "rulebook": "hyotei.cli.rulebook:rulebook",
        "serve": "hyotei.cli.serve:serve",
        "sheet": "hyotei.cli.sheet:sheet",
        "sweep": "hyotei.cli.impact:sweep",
        "template": "hyotei.cli.template:template",
        "verdict": "hyotei.cli.verdict:verdict",
    },
    context_settings={"help_option_names": ["-h", "--help"]},
    help="help.hyotei.command",
)
@click.option("--lang", type=LANGUAGES, help="help.output.lang")
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_version,
    help="help.hyotei.version",
)
def hyotei(lang: "Language | None") -> None:  # commands look at it where they take their own `--lang`
    """Derives the rating and the budget recommendation of an evaluation sheet from a rulebook, with its reasons."""


def main(arguments: Sequence[str] | None = None) -> None:
    """The entry point: a user sees messages of the catalogue and exit codes, never a traceback."""
    # What a command imports and reads stays to its end: the garbage collector need not look through it again and again.
    gc.set_threshold(200_000, 10, 10)
    if COMPLETING in os.environ:
        from hyotei.cli.completion import completed

        sys.exit(completed(help_language([])))
    given = list(sys.argv[1:] if arguments is None else arguments)
    do_without_pandas(given)
    code = run(given)
    gc.freeze()  # nor once more on the way out
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Runs one command and gives its exit code."""
    from hyotei.base.causes import cause
    from hyotei.base.extras import missing_extra
    from hyotei.messages import Diagnostic, HyoteiError

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal that cannot show a character shows its code instead of stopping everything.
            stream.reconfigure(errors="backslashreplace")
    try:
        command: click.Command = hyotei
        given = list(arguments)
        if _asks_for_help(arguments):
            # Help of a group of commands takes `--lang` too.
            command, given = helping(hyotei, help_language(arguments)), without_language(arguments)
        with command.make_context("hyotei", given) as context:
            command.invoke(context)
        return DONE
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.exceptions.NoArgsIsHelpError as wanted:
        wanted.show()
        return INPUT_WRONG
    except click.ClickException as wrong:
        from hyotei.cli.usage_errors import usage_problem

        return fail([usage_problem(wrong)], arguments)
    except HyoteiError as error:
        if error.__cause__ is not None and os.environ.get("HYOTEI_DEBUG"):
            raise  # such as the error of an engine of another package, for those who write it
        return fail(error.diagnostics, arguments)
    except (KeyboardInterrupt, click.Abort):
        with suppress(OSError):  # nobody is there to be told
            tell([Diagnostic("HY720")], asked_language(arguments))
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone, as `head` does; that is no fault. What is still buffered goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except (MemoryError, RecursionError) as error:
        return fail([Diagnostic("HY717", params={"limit": cause(error)})], arguments)
    except ImportError as error:
        extra = missing_extra(error)
        return _fault(error, arguments) if extra is None else fail([extra], arguments)
    except OSError as error:
        return fail([Diagnostic("HY716", params={"reason": cause(error)})], arguments)
    except Exception as error:  # no user sees a traceback; HYOTEI_DEBUG shows it
        return _fault(error, arguments)


def _fault(error: Exception, arguments: Sequence[str]) -> int:
    """A fault of ours: a user is told in a sentence, HYOTEI_DEBUG shows the traceback."""
    from hyotei.base.causes import fault
    from hyotei.messages import Diagnostic

    if os.environ.get("HYOTEI_DEBUG"):
        raise error
    return fail([Diagnostic("HY718", params={"error": fault(error)})], arguments)
