"""`hyotei serve`: the workbench, in the browser."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hyotei.cli.output import json_option, lang_option, print_line, write_json
from hyotei.messages import wording

if TYPE_CHECKING:
    from hyotei.messages import Language, Phrase


@click.command(help="help.serve.command")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="help.serve.host")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="help.serve.port")
@click.option("--db", "database", default="", envvar="HYOTEI_DB", metavar="URL", help="help.serve.db")
@click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="help.serve.data"
)  # fmt: skip
@click.option("--url", default="", metavar="URL", help="help.serve.url")
@click.option("--proxy", default="", metavar="ADDRESS", help="help.serve.proxy")
@click.option("--oidc-issuer", "issuer", default="", metavar="URL", help="help.serve.oidc_issuer")
@click.option("--oidc-client", "client", default="", metavar="ID", help="help.serve.oidc_client")
@click.option("--oidc-role-claim", "claim", default="", metavar="NAME", help="help.serve.oidc_role_claim")
@click.option("--oidc-role", "roles", multiple=True, metavar="ROLE=VALUE", help="help.serve.oidc_role")
@click.option("--demo", is_flag=True, help="help.serve.demo")
@click.option("--prepare", "only_prepare", is_flag=True, help="help.serve.prepare")
@click.option(
    "--backup", "to", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="help.serve.backup"
)
@click.option(
    "--restore", "of", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="help.serve.restore"
)  # fmt: skip
@json_option
@lang_option
def serve(
    host: str, port: int, database: str, data: Path | None, url: str, proxy: str, issuer: str, client: str,
    claim: str, roles: tuple[str, ...], demo: bool, only_prepare: bool, to: Path | None, of: Path | None, as_json: bool,
    lang: "Language",
) -> None:  # fmt: skip
    """Opens the workbench to browsers, until it is stopped."""
    import os
    from tempfile import TemporaryDirectory

    from hyotei.base.extras import need

    need("workbench")
    from hyotei.workbench.options import Options
    from hyotei.workbench.provider import SECRET, provider_of
    from hyotei.workbench.serve import prepare
    from hyotei.workbench.serve import serve as answer

    def tell(said: "Phrase") -> None:
        for line in said.text(lang).split("\n"):
            print_line(line, err=True)  # stdout is for answers, of which a server has none

    def done(sentence: str, **params: str) -> None:
        if as_json:
            write_json({"schema": "hyotei.workbench/1", **params})
        else:
            print_line(sentence)

    if to is not None or of is not None:
        from hyotei.workbench.backup import backup, restore

        options, say = Options(data or Path("hyotei-data"), database=database), wording(lang)
        if of is not None:
            restore(options, of)
            done(say("workbench.serve.restored", folder=str(options.data)), data=str(options.data))
        else:
            assert to is not None
            backup(options, to)
            done(say("workbench.serve.backed_up", file=str(to)), backup=str(to))
        return
    with ExitStack() as stack:
        if data is None:
            data = Path(stack.enter_context(TemporaryDirectory(prefix="hyotei-demo-"))) if demo else Path("hyotei-data")
        provider = provider_of(issuer, client, os.environ.get(SECRET, ""), claim, roles)
        if provider is not None:
            need("oidc")
        options = Options(data, host, port, database, url, proxy, provider)
        options.require_proxy()
        prepare(options)
        if only_prepare:
            done(wording(lang)("workbench.serve.prepared", folder=str(data)), data=str(data))
            return
        answer(options, demo, tell)
