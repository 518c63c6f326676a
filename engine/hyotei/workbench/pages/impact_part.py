"""The part of pages that tells what a rulebook moves (impact_part.html)."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest
from markupsafe import Markup

from hyotei.messages import HyoteiError
from hyotei.workbench.corpora import folders
from hyotei.workbench.draft_impact import HERE, impact_page
from hyotei.workbench.models import SheetRecord
from hyotei.workbench.rendering import language_of

_LINES = 100
"""Lines of each list of an impact, the weightiest first."""


def impact_part(request: HttpRequest, key: UUID, texts: tuple[str, str]) -> dict[str, Any]:
    """The values of the part.

    Args:
        request: names the corpus; by default the sheets that were read in, and where there are none the first corpus.
        key: what is compared: the draft, or what was submitted.
        texts: the documents before and now.

    Raises:
        Http404: there is no such corpus.
    """
    language, named = language_of(request), folders(settings.HYOTEI.data)
    corpus = request.GET.get("corpus", HERE if SheetRecord.objects.exists() else next(iter(named), HERE))
    if corpus != HERE and corpus not in named:
        raise Http404
    asked, told = None, []
    try:
        asked = impact_page(key, texts, named.get(corpus), request.user, language, _LINES)
        told = [each.text(language) for each in asked.told]
    except HyoteiError as error:
        told = [each.text(language) for each in error.diagnostics]
    # Made by the writer of pages, which escapes every text.
    text = Markup(asked.markup) if asked is not None and asked.markup is not None else None
    return {"asked": asked, "text": text, "told": told, "names": list(named), "corpus": corpus}
