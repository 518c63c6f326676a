"""What a draft moves: the page that tells it, which the page of the draft shows beside what is written."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from markupsafe import Markup

from hyotei.messages import HyoteiError
from hyotei.workbench.corpora import folders
from hyotei.workbench.draft_impact import HERE, impact_page
from hyotei.workbench.draft_models import Draft
from hyotei.workbench.drafts import state, title
from hyotei.workbench.models import SheetRecord
from hyotei.workbench.rendering import language_of, page

_LINES = 100
"""Lines of each list of an impact, the weightiest first."""


def impact(request: HttpRequest, key: UUID) -> HttpResponse:
    """What a draft moves among the sheets that were read in, or those of a corpus; where it takes long, that it is worked out."""
    found = get_object_or_404(Draft, pk=key)
    now, language = state(found), language_of(request)
    named = folders(settings.HYOTEI.data)
    corpus = request.GET.get("corpus", HERE if SheetRecord.objects.exists() else next(iter(named), HERE))
    if corpus != HERE and corpus not in named:
        raise Http404
    asked, told = None, []
    try:
        asked = impact_page(found, now, named.get(corpus), request.user, language, _LINES)
        told = [each.text(language) for each in asked.told]
    except HyoteiError as error:
        told = [each.text(language) for each in error.diagnostics]
    return page(
        request,
        "draft_impact.html",
        draft=found,
        now=now,
        title=title(now.text.text) or found.file,
        names=list(named),
        corpus=corpus,
        asked=asked,
        # Made by the writer of pages, which escapes every text.
        text=Markup(asked.markup) if asked is not None and asked.markup is not None else None,
        told=told,
    )
