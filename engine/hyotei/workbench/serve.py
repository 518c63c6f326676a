"""Starts a workbench: sets up the database, says where it is, and answers until it is stopped."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from hyotei.base.causes import cause
from hyotei.messages import Diagnostic, HyoteiError, Phrase, phrase
from hyotei.workbench.options import Options
from hyotei.workbench.own_forms import use_own_forms
from hyotei.workbench.settings import configure
from hyotei.workbench.storage_faults import storage_fault
from hyotei.workbench.upload_limits import LARGEST_UPLOAD

_THREADS: Final = 12
"""So many that some are left where reading (reading_turns.py) and programs that wait for impacts (draft_impact.py) hold theirs."""
_DEMO: Final = ("evaluator", "analyst", "approver", "administrator", "viewer")

Tell = Callable[[Phrase], None]
"""Says something to who started the workbench."""


def prepare(options: Options) -> None:
    """Sets Django up and brings the database to the state that this version needs.

    Raises:
        HyoteiError: an option is not right (HY001 to HY004), or the folder or the database cannot be used (HY005, HY070 to HY074).
    """
    configure(options)
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    from hyotei.workbench.migrating import migrate

    if not options.database:
        options.make_database()
    try:
        migrate()
    except (DatabaseError, ImproperlyConfigured) as error:
        raise HyoteiError(storage_fault(error) or Diagnostic("HY005")) from error
    # Only now: a database that cannot be used leaves no key behind.
    settings.SECRET_KEY = options.secret_key()
    from hyotei.workbench.published_folder import name_folder

    name_folder(options)
    use_own_forms(options.data)


def serve(options: Options, demo: bool, tell: Tell) -> None:
    """Answers requests until the process is interrupted.

    Args:
        options: how it is started; the database is set up already (`prepare`).
        demo: gives it an account of each role, with one password that is told, and what demo.py has.
        tell: says where it is, and how to begin.

    Raises:
        HyoteiError: the port is taken, or not for this user (HY006).
    """
    from django.core.wsgi import get_wsgi_application

    import hyotei.workbench.routes  # noqa: F401  # what cannot be loaded is told now, and not by the first request
    from hyotei.workbench.web_server import web_server

    with _refused(options):
        server = web_server(
            get_wsgi_application(),
            host=options.host,
            port=options.port,
            threads=_THREADS,
            url_prefix=options.prefix,
            url_scheme=options.public.scheme,
            ident="",
            max_request_body_size=LARGEST_UPLOAD,
            max_request_header_size=64 * 1024,
            **_trust(options.proxy),
        )
    for said in _welcome(options, demo):
        tell(said)
    from hyotei.workbench import jobs, published_folder
    from hyotei.workbench.publications import put_in_use

    jobs.clean_up()
    published_folder.clean_up()
    put_in_use()
    jobs.start_workers()
    server.run()


def _trust(proxy: str) -> dict[str, object]:
    if not proxy:
        return {}
    headers = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-port"}
    return {"trusted_proxy": proxy, "trusted_proxy_headers": headers, "clear_untrusted_proxy_headers": True}


def _welcome(options: Options, demo: bool) -> Iterator[Phrase]:
    """Where it is, and how to begin."""
    from hyotei.workbench.accounts import anyone, new_account
    from hyotei.workbench.demo import offer_public_data, read_in_examples
    from hyotei.workbench.first_account import new_token

    yield phrase("workbench.serve.at", address=options.address)
    if options.provider is not None:
        yield phrase("workbench_provider.back", address=options.address_back)
    if demo and not anyone():
        password = secrets.token_urlsafe(12)
        for role in _DEMO:
            made = new_account(role, password, role, by=None)
            if made is not None and role == _DEMO[0]:
                read_in_examples(made)
        offer_public_data(options.data)
        yield phrase("workbench.serve.demo", names=", ".join(_DEMO), password=password)
    elif demo:
        yield phrase("workbench.serve.demo_again", folder=str(options.data))
    elif not anyone():
        yield phrase("workbench.serve.first", address=f"{options.address}first-account/?token={new_token()}")
    yield phrase("workbench.serve.stop")


@contextmanager
def _refused(options: Options) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        told = Diagnostic("HY006", params={"host": options.host, "port": options.port, "reason": cause(error)})
        raise HyoteiError(told) from error
