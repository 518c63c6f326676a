"""The proof of a draft: how far it is, and what was found."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from markupsafe import Markup

from hyotei.base.extras import need
from hyotei.messages import HyoteiError
from hyotei.workbench.draft_models import Draft
from hyotei.workbench.draft_proofs import proof_of
from hyotei.workbench.drafts import state, title
from hyotei.workbench.rendering import language_of, page


def proof(request: HttpRequest, key: UUID) -> HttpResponse:
    """What holds of the draft for every sheet; begins the proof."""
    found = get_object_or_404(Draft, pk=key)
    now, language = state(found), language_of(request)
    made, told = None, []
    try:
        need("proof")
        made = proof_of(found.pk, now)
        told = [each[language] for each in made.told]
    except HyoteiError as error:
        told = [each.text(language) for each in error.diagnostics]
    found_out = None if made is None or made.made is None else made.made["markup"][language]
    text = Markup(found_out or "")  # the writer of pages escapes
    return page(
        request, "draft_proof.html", draft=found, now=now, title=title(now.text.text), proof=made, told=told, text=text
    )
