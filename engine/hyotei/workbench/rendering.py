"""Pages: Jinja2 templates in which every text from outside passes the one gate, in the language of who asks."""

import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from hyotei.base.printable import printable
from hyotei.messages import LANGUAGES, Language, wording
from hyotei.sheet.fiscal_year_print import print_fiscal_year
from hyotei.workbench.roles import Action, may

LANGUAGE_COOKIE = "hyotei_language"
_STATIC: Final = Path(__file__).parent / "static" / "workbench"


def environment(**options: Any) -> Environment:
    """The templates' environment, as Django asks for it."""
    made = Environment(
        **{**options, "undefined": StrictUndefined}, trim_blocks=True, lstrip_blocks=True, finalize=_finalized
    )
    made.globals |= {"url": _url, "asset": _asset, "when": _when, "fiscal_year": print_fiscal_year}
    return made


def _finalized(value: object) -> object:
    """Every text on its way into a page; it is escaped after that."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _url(name: str, **parts: object) -> str:
    return str(reverse(name, kwargs=parts))


def _asset(name: str) -> str:
    """The address of a file that pages load; another content has another, so that no browser shows an old one."""
    return f"{static('workbench/' + name)}?v={_digest(name)}"


@cache
def _digest(name: str) -> str:
    return hashlib.sha256((_STATIC / name).read_bytes()).hexdigest()[:12]


def _when(moment: datetime) -> str:
    """A time, in the zone of the machine that the workbench runs on."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def language_of(request: HttpRequest) -> Language:
    """The language that a person chose, else the first of the browser's that there is, else Japanese."""
    return chosen_language(request.COOKIES.get(LANGUAGE_COOKIE), request.headers.get("Accept-Language", ""))


def chosen_language(chosen: str | None, accepted: str) -> Language:
    """The language that was chosen, else the first that is accepted (`Accept-Language`) and that there is, else Japanese."""
    asked = [chosen, *(each.strip()[:2].lower() for each in accepted.split(","))]
    return next((language for each in asked for language in LANGUAGES if each == language), "ja")


def page(request: HttpRequest, template: str, /, status: int = 200, **values: object) -> HttpResponse:
    """The page of a template with values."""
    language = language_of(request)
    account = getattr(request, "user", None)
    role = account.role if account is not None and account.is_authenticated else ""

    def allowed(action: Action) -> bool:
        return may(role, action)

    known = {
        "say": wording(language),
        "language": language,
        "account": account if role else None,
        "allowed": allowed,
        "here": request.get_full_path(),
        "languages": LANGUAGES,
    }
    return HttpResponse(render_to_string(template, {**known, **values}, request=request), status=status)
