"""What is wrong with a command as typed, in the words of the catalogue instead of click's."""

from collections.abc import Iterable
from typing import Final

import click

from hyotei.messages import Diagnostic, HyoteiError, Param, Phrase, phrase, phrase_of
from hyotei.rulebook.check.names import suggestion

_TOO_MANY: Final = "Got unexpected extra argument"
"""How click begins to tell of words that a command does not take; it has no class of its own for them."""


def no_such_command(name: str, known: Iterable[str]) -> HyoteiError:
    """There is no such command in a group."""
    params: dict[str, Param] = {
        "command": name,
        "hint": suggestion(name, known),
        "commands": ", ".join(known),
    }
    return HyoteiError(Diagnostic("HY710", params=params))


def usage_problem(error: click.ClickException) -> Diagnostic:
    """The problem that click found."""
    match error:
        case click.NoSuchOption():
            hint = suggestion(error.option_name, error.possibilities or ())
            return Diagnostic("HY711", params={"option": error.option_name, "hint": hint})
        case click.MissingParameter():
            return Diagnostic("HY712", params={"name": _missing(error)})
        case click.BadParameter() if error.param is not None and isinstance(error.param.type, click.Choice):
            values = ", ".join(str(choice) for choice in error.param.type.choices)
            return Diagnostic("HY713", params={"option": _name(error.param), "values": values})
        case click.BadParameter() if error.param is not None and isinstance(
            error.param.type, click.IntRange | click.FloatRange
        ):
            return Diagnostic("HY724", params={"option": _name(error.param), "ends": _ends(error.param.type)})
        case click.BadParameter() if error.param is not None and isinstance(error.param.type, click.Path):
            kind = "folder" if error.param.type.file_okay else "file"
            return Diagnostic("HY726", params={"option": _name(error.param), "kind": phrase_of("cli.not_a", kind)})
        case click.BadOptionUsage():
            return Diagnostic("HY714", params={"option": error.option_name})
        case _ if error.message.startswith(_TOO_MANY):
            return Diagnostic("HY727", params={"words": error.message.partition("(")[2].removesuffix(")")})
        case _:
            # A sentence of ours, which the command raised.
            return Diagnostic("HY715", params={"problem": error.message})


def _ends(of: click.IntRange | click.FloatRange) -> Phrase:
    """The numbers that an option takes: from 1 to 65535, from 1, above 0."""
    if of.min_open:
        return phrase("cli.numbers.above", low=str(of.min))
    if of.max is None:
        return phrase("cli.numbers.least", low=str(of.min))
    return phrase("cli.numbers.between", low=str(of.min), high=str(of.max))


def _missing(error: click.MissingParameter) -> str:
    """What is missing, as the help writes it: an option by its names, an argument by its word."""
    match error.param:
        case click.Option() as option:
            return " / ".join(option.opts)
        case None:
            return str(error.param_hint)
        case argument:
            return argument.human_readable_name


def _name(param: click.Parameter) -> str:
    """An option by its name, an argument by its word in the help."""
    return param.opts[0] if isinstance(param, click.Option) else param.human_readable_name
