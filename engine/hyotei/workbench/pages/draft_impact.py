"""What a draft moves: the page that tells it, which the page of the draft shows beside what is written."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from hyotei.workbench.draft_models import Draft
from hyotei.workbench.drafts import state, title
from hyotei.workbench.pages.impact_part import impact_part
from hyotei.workbench.rendering import page


def impact(request: HttpRequest, key: UUID) -> HttpResponse:
    """What a draft moves among the sheets that were read in, or those of a corpus; where it takes long, that it is worked out."""
    found = get_object_or_404(Draft, pk=key)
    now, first = state(found), found.revisions.select_related("text").get(number=1)
    part = impact_part(request, found.pk, (first.text.text, now.text.text))
    name = title(now.text.text) or found.file
    return page(request, "draft_impact.html", draft=found, now=now, title=name, with_cases=True, **part)
