"""A rulebook as its author wrote it, as a page: its prose and its tables, without the front matter."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from hyotei.base.printable import printable

_FRONT: Final = re.compile(r"\A---[ \t]*\r?\n.*?^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_DEEPEST: Final = 6
_KEPT: Final = 256
"""Documents, and sections of drafts, whose markup is kept: a change of a draft leaves most sections as they are."""


class _Renderer(RendererHTML):
    """Tables that scroll for themselves, and headings one level below that of the page."""

    def table_open(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        return f'<div class="wide" tabindex="0">{self.renderToken(tokens, at, options, env)}'

    def table_close(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        return f"{self.renderToken(tokens, at, options, env)}</div>"


@lru_cache(maxsize=_KEPT)
def rulebook_markup(text: str, decisions: tuple[str, ...]) -> Markup:
    """The document as markup. HTML in it is shown as text; a decision has its name as the anchor `decision-NAME`.

    Args:
        text: the document.
        decisions: the names of its decisions.
    """
    parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable("table").disable("image")
    tokens = parser.parse(printable(_FRONT.sub("", text.removeprefix("\ufeff"), count=1)))
    for token, following in zip(tokens, [*tokens[1:], None], strict=False):
        style = token.attrs.pop("style", None)
        if style is not None:
            # The content policy takes no style within a page.
            token.attrSet("class", str(style).replace("text-align:", "align-"))
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1:]) + 1, _DEEPEST)}"
        if token.type == "heading_open" and following is not None:
            codes = [each.content for each in following.children or () if each.type == "code_inline"]
            name = next((code for code in codes if code in decisions), None)
            if name is not None:
                token.attrSet("id", f"decision-{name}")
    rendered: Any = parser.renderer.render(tokens, parser.options, {})
    return Markup(rendered)  # the parser escapes texts, and refuses HTML
