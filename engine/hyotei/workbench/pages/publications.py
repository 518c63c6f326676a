"""What was published: the history, one version, its withdrawal; and whether a second person has to approve."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.rulebook.canonical import shown_hash
from hyotei.rulebook.load import head_of
from hyotei.workbench.draft_front import values_shown
from hyotei.workbench.pages.attachment import attachment
from hyotei.workbench.pages.rulebooks import years
from hyotei.workbench.publications import put_in_use, withdraw
from hyotei.workbench.published_folder import is_written
from hyotei.workbench.rendering import language_of, page
from hyotei.workbench.review_models import Publication
from hyotei.workbench.reviews import set_four_eyes
from hyotei.workbench.rulebook_markdown import rulebook_markup

_ON_A_PAGE: Final = 50
_LONGEST: Final = 10_000
_WITH: Final = ("account", "submission__decision__account", "submission__report", "withdrawal__account")


def publications(request: HttpRequest) -> HttpResponse:
    """Everything that was published, the latest first."""
    every = Publication.objects.select_related(*_WITH).order_by("-number")
    listed = Paginator(every, _ON_A_PAGE).get_page(request.GET.get("page"))
    return page(request, "publications.html", listed=listed, years=years)


def publication(request: HttpRequest, key: UUID) -> HttpResponse:
    """One version: who approved and published it, its certificate, its document."""
    return _page(request, _publication(key))


def withdraw_it(request: HttpRequest, key: UUID) -> HttpResponse:
    """Withdraws a version."""
    found = _publication(key)
    try:
        withdraw(found, request.user, str(request.POST.get("reason", "")).replace("\0", "")[:_LONGEST])
    except HyoteiError as error:
        return _page(request, found, error.diagnostics)
    return HttpResponseRedirect(reverse("publication", kwargs={"key": key}))


def document(request: HttpRequest, key: UUID) -> HttpResponse:
    """The document as it was published."""
    found = _publication(key)
    text = found.submission.revision.text.text
    return attachment(text, f"{found.identity}-{found.version}.md", "text/markdown; charset=utf-8")


def certificate(request: HttpRequest, key: UUID) -> HttpResponse:
    """The certificate of its proof, as `hyotei certificate verify` takes it."""
    found = _publication(key)
    if not found.submission.report.certificate:
        raise Http404
    name = f"{found.identity}-{found.version}-certificate.json"
    return attachment(found.submission.report.certificate, name, "application/json; charset=utf-8")


def change_four_eyes(request: HttpRequest) -> HttpResponse:
    """Says whether people may approve what they wrote themselves."""
    set_four_eyes(request.POST.get("do") != "off", request.user)
    return HttpResponseRedirect(reverse("accounts"))


def _publication(key: UUID) -> Publication:
    related = (*_WITH, "submission__revision__text", "submission__account")
    found: Publication = get_object_or_404(Publication.objects.select_related(*related), pk=key)
    return found


def _page(request: HttpRequest, found: Publication, problems: Sequence[Diagnostic] = ()) -> HttpResponse:
    language = language_of(request)
    withdrawn = getattr(found, "withdrawal", None)
    if withdrawn is None and not is_written(found):
        put_in_use()  # a disk that was full may have room now
    submission = found.submission
    text = submission.revision.text.text
    head = head_of(text)
    return page(
        request,
        "publication.html",
        status=422 if problems else 200,
        publication=found,
        submission=submission,
        head=head,
        hash=shown_hash(submission.hash, None),
        years=years(submission.first_year, submission.last_year),
        withdrawn=withdrawn,
        written=withdrawn is not None or is_written(found),
        told=[each.text(language) for each in problems],
        values=values_shown(text, language_of(request)),
        text=rulebook_markup(text, ()),
    )
