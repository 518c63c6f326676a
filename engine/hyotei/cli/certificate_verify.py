"""`hyotei certificate verify`: everything a certificate states is proved again."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import ANSWER_IS_NO, json_option, lang_option, write_json

if TYPE_CHECKING:
    from hyotei.messages import Language


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("rulebook", required=False)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="一つの問いにかける秒数。 / Seconds for each single question.",
)
@json_option
@lang_option
def verify(file: Path, rulebook: str | None, timeout: float, as_json: bool, lang: "Language") -> None:
    """証明書 FILE を評価基準書 RULEBOOK（省略時は証明書にある符号）で証明し直す。

    Proves again what a certificate states, of the rulebook given or of the one it names.
    """
    from hyotei.cli.extras import need

    need("z3", "proof")
    from hyotei.proof.certificate import read_certificate
    from hyotei.proof.certificate import verify as verify_certificate
    from hyotei.rulebook.library import load_rulebook

    found = read_certificate(file)
    result = verify_certificate(found, load_rulebook(rulebook or found.rulebook), timeout)
    same = not result.differences
    if as_json:
        write_json(
            {
                "schema": "hyotei.certificate-verification/1",
                "rulebook": found.rulebook,
                "hash": found.hash,
                "verified": same,
                "differences": [
                    {"name": each.name, "decision": each.decision, "certified": each.certified, "now": each.now}
                    for each in result.differences
                ],
            }
        )
    else:
        count = len(found.laws) + len(found.checks)
        words = (
            (f"{found.rulebook}: 証明書の{count}項目すべてを証明し直した。", "good")
            if same and lang == "ja"
            else (f"{found.rulebook}: all {count} items of the certificate were proved again.", "good")
            if same
            else (f"{found.rulebook}: 証明書と違う結果になった。", "bad")
            if lang == "ja"
            else (f"{found.rulebook}: something came out otherwise.", "bad")
        )
        click.echo(click.style(words[0], fg="green" if words[1] == "good" else "red"))
        for each in result.differences:
            click.echo(f"  {each.name} {each.decision}: {each.certified or '-'} → {each.now or '-'}".rstrip())
    if not same:
        raise click.exceptions.Exit(ANSWER_IS_NO)
