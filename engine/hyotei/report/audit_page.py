"""The report of an audit as one page: self-contained, readable without scripts, printed or on a narrow screen."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from hyotei.document import Section
from hyotei.messages import wording
from hyotei.report.audit_content import Content
from hyotei.report.audit_page_sections import (
    about,
    sections_after_findings,
    sections_before_findings,
    sections_of_reading,
)
from hyotei.report.findings_section import findings_section, rules_section
from hyotei.report.markup import Html, element, join
from hyotei.version import __version__
from hyotei.writers.html import markup, style

_ASSETS: Final = Path(__file__).parent / "assets"
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
"""Nothing is fetched: the browser holds the page to it."""

Part = tuple[str, str, Html]
"""Anchor, heading, and the section itself."""


def audit_page(content: Content, pictures: bool = True) -> str:
    """The page; drawing the pictures is what takes time in it."""
    say = wording(content.language)
    title = say("audit_report.title")
    parts = [
        *_written(sections_before_findings(content, say, pictures)),
        _section("findings", say("audit_page.findings"), findings_section(content, say)),
        *_written(sections_after_findings(content, say)),
    ]
    rules = rules_section(content, say)
    if rules:
        parts.append(_section("rules", say("audit_page.rules"), rules))
    parts += _written(sections_of_reading(content, say))
    links = [element("li", element("a", heading, href=f"#{anchor}")) for anchor, heading, _ in parts]
    body = [
        element("a", say("audit_page.skip_content"), class_="skip", href="#main"),
        element("header", element("h1", title), Html(markup(about(content, say)))),
        element("nav", element("ul", *links), aria_label=say("audit_page.contents")),
        element("main", join(part for _, _, part in parts), id="main"),
        element("footer", element("p", f"Hyotei {__version__}", class_="faint")),
    ]
    head = [
        Html('<meta charset="utf-8">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'),
        element("title", title),
        element("style", Html(style() + _asset("report.css"))),
    ]
    script = element("script", Html(_asset("report.js")))
    return str(
        join(
            [
                Html("<!doctype html>"),
                Html(f'<html lang="{content.language}">'),
                element("head", join(head)),
                element("body", join(body), script, class_="hyotei"),
                Html("</html>\n"),
            ]
        )
    )


def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def _written(sections: Iterable[Section]) -> list[Part]:
    """Sections by the writer of documents; one that has nothing to say is left out."""
    return [(each.anchor, each.title, Html(markup([each]))) for each in sections if each.blocks]


def _section(anchor: str, heading: str, inside: Html) -> Part:
    return anchor, heading, element("section", element("h2", heading), inside, id=anchor)
