"""`hyotei rulebook check`: everything that is wrong with rulebooks, with the place and the mend."""

from typing import TYPE_CHECKING

import click

from hyotei.cli.output import INPUT_WRONG, json_option, lang_option, print_line, problems_data, tell, write_json
from hyotei.messages import wording

if TYPE_CHECKING:
    from hyotei.messages import Diagnostic, Language


@click.command(help="help.rulebook_check.command")
@click.argument("rulebooks", nargs=-1, required=True)
@json_option
@lang_option
def check(rulebooks: tuple[str, ...], as_json: bool, lang: "Language") -> None:
    """Tell everything that is wrong with rulebooks."""
    from hyotei.messages import HyoteiError
    from hyotei.rulebook.library import load_rulebook

    say = wording(lang)
    found: list[dict[str, object]] = []
    wrong = False
    for name in rulebooks:
        problems: tuple[Diagnostic, ...]
        summary = ""
        try:
            book = load_rulebook(name)
            problems = book.warnings
            ok = True
            summary = say(
                "rulebook.check.sound",
                rulebook=book.id,
                decisions=len(book.decisions),
                laws=len(book.laws),
                warnings=len(problems),
            )
        except HyoteiError as error:
            problems, ok = error.diagnostics, False
            count = sum(problem.severity == "error" for problem in problems)
            summary = say("rulebook.check.wrong", rulebook=name, errors=count)
        wrong = wrong or not ok
        tell(problems, lang)
        found.append({"rulebook": name, "ok": ok, "problems": problems_data(problems, lang)})
        if not as_json:
            print_line(summary)
    if as_json:
        write_json({"schema": "hyotei.rulebook-check/1", "rulebooks": found})
    if wrong:
        raise click.exceptions.Exit(INPUT_WRONG)
