"""`hyotei form check`: everything that is wrong with forms, with the place and the mend."""

from typing import TYPE_CHECKING

import click

from hyotei.cli.output import INPUT_WRONG, json_option, lang_option, print_line, problems_data, tell, write_json
from hyotei.messages import wording

if TYPE_CHECKING:
    from hyotei.messages import Diagnostic, Language


@click.command(help="help.form_check.command")
@click.argument("forms", nargs=-1, required=True)
@json_option
@lang_option
def check(forms: tuple[str, ...], as_json: bool, lang: "Language") -> None:
    """Tell everything that is wrong with forms."""
    from hyotei.forms.library import load_form
    from hyotei.messages import HyoteiError

    say = wording(lang)
    found: list[dict[str, object]] = []
    wrong = False
    for name in forms:
        problems: tuple[Diagnostic, ...]
        try:
            form = load_form(name)
            problems, ok = form.warnings, True
            rows = sum(map(len, form.tables.values()))
            summary = say("forms.check.sound", form=form.id, rows=rows, warnings=len(problems))
        except HyoteiError as error:
            problems, ok = error.diagnostics, False
            summary = say("forms.check.wrong", form=name, errors=len(problems))
        wrong = wrong or not ok
        tell(problems, lang)
        found.append({"form": name, "ok": ok, "problems": problems_data(problems, lang)})
        if not as_json:
            print_line(summary)
    if as_json:
        write_json({"schema": "hyotei.form-check/1", "forms": found})
    if wrong:
        raise click.exceptions.Exit(INPUT_WRONG)
