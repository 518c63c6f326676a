"""What commands that read sheets share: the format and the identity that the user gives them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from hyotei.intake.given_identity import GivenIdentity

Command = Callable[..., object]
_OPTIONS = (
    ("id_", "--id", "ID", "help.reading_options.id_"),
    (
        "title",
        "--title",
        "TITLE",
        "help.reading_options.title",
    ),
    ("authority", "--authority", "NAME", "help.reading_options.authority"),
    ("fiscal_year", "--fiscal-year", "YEAR", "help.reading_options.fiscal_year"),
    ("form", "--form", "FORM", "help.reading_options.form"),
)


class ReadingOptions(NamedTuple):
    """How the inputs of a command are to be read: the format, None where content tells, and what the user says of the sheets."""

    as_: str | None
    given: "GivenIdentity"


def reading_options(command: Command) -> Command:
    """`--as`, `--id`, `--title`, `--authority`, `--fiscal-year` and `--form`, which reach the command as one `how`."""
    from functools import wraps

    @wraps(command)
    def called(
        *arguments: object,
        as_: str | None,
        id_: str | None,
        title: str | None,
        authority: str | None,
        fiscal_year: str | None,
        form: str | None,
        **options: object,
    ) -> object:
        return command(*arguments, how=ReadingOptions(as_, _given(id_, title, authority, fiscal_year, form)), **options)

    decorated: Command = called
    for name, flag, metavar, help_text in reversed(_OPTIONS):
        decorated = click.option(flag, name, metavar=metavar, help=help_text)(decorated)
    return click.option("--as", "as_", metavar="FORMAT", help="help.reading_options.as")(decorated)


def _given(
    id_: str | None, title: str | None, authority: str | None, fiscal_year: str | None, form: str | None
) -> "GivenIdentity":
    """What was given, checked.

    Raises:
        HyoteiError: a value is blank (HY824), or the year cannot be read (HY201 to HY204), or there is no such form (HY668).
    """
    from hyotei.intake.given_identity import OPTIONS, GivenIdentity
    from hyotei.messages import Diagnostic, HyoteiError, Location
    from hyotei.sheet.fiscal_year import read_fiscal_year

    texts = {"id": id_, "title": title, "authority": authority, "fiscal_year": fiscal_year}
    blank = [OPTIONS[name] for name, value in texts.items() if value is not None and not value.strip()]
    if blank:
        raise HyoteiError(*(Diagnostic("HY824", params={"option": option}) for option in blank))
    year = None
    if fiscal_year is not None:
        read, problems = read_fiscal_year(fiscal_year, location=Location("--fiscal-year"))
        if read is None or problems:
            raise HyoteiError(*problems)
        year = read.year
    if form is not None:
        from hyotei.forms.library import load_form

        load_form(form)  # a name that is none is told before anything is read
    plain = {name: " ".join(value.split()) for name, value in texts.items() if value is not None}
    return GivenIdentity(plain.get("id"), plain.get("title"), plain.get("authority"), year, form)
