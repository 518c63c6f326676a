"""Every address of the workbench: its view, and for each method the action that a role must be allowed (roles.py).

The table is the only place that says who may do what where; a test goes through it with every role.
"""

import sys
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Final, Literal, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse

from hyotei.workbench.api import audits as audit_operations  # noqa: F401
from hyotei.workbench.api import corpora as corpus_operations  # noqa: F401
from hyotei.workbench.api import draft_cases as case_operations  # noqa: F401
from hyotei.workbench.api import draft_files as draft_file_operations  # noqa: F401
from hyotei.workbench.api import drafts as draft_operations  # noqa: F401  # each adds its operations to the interface
from hyotei.workbench.api import form_making as form_operations  # noqa: F401
from hyotei.workbench.api import forms, interface, logs, problems, proofs, saved_views  # noqa: F401
from hyotei.workbench.api import publications as publication_operations  # noqa: F401
from hyotei.workbench.api import reviews as review_operations  # noqa: F401
from hyotei.workbench.api import sheet_changes as sheet_operations  # noqa: F401
from hyotei.workbench.api import sheet_files as sheet_file_operations  # noqa: F401
from hyotei.workbench.api.operation import api
from hyotei.workbench.pages import (
    accounts,
    audits,
    corpora,
    draft_cases,
    draft_checks,
    draft_impact,
    draft_list,
    draft_proof,
    draft_upload,
    drafts,
    entry,
    faults,
    findings,
    form_making,
    log,
    other_results,
    provider,
    publications,
    reviews,
    rulebooks,
    sheet,
    sheet_files,
    sheets,
    source,
    style,
    submit,
    tokens,
    type_sheet,
)
from hyotei.workbench.pages import forms as form_pages
from hyotei.workbench.roles import Action, may

Right = Action | Literal["everybody", "known"]
"""An action; or `everybody`, without an account too; or `known`, with whatever account."""
View = Callable[..., HttpResponse]


class Route(NamedTuple):
    """An address, the name by which pages refer to it, its view, and what each method asks of a role."""

    path: str
    name: str
    view: View
    rights: Mapping[str, Right]


ROUTES: Final = (
    Route("", "home", entry.home, {"GET": "known"}),
    Route("login/", "login", entry.log_in, {"GET": "everybody", "POST": "everybody"}),
    Route("login/provider/", "to_provider", provider.to_provider, {"GET": "everybody"}),
    Route("login/provider/back/", "from_provider", provider.from_provider, {"GET": "everybody"}),
    Route("logout/", "logout", entry.log_out, {"POST": "everybody"}),
    Route("first-account/", "first_account", entry.make_first_account, {"GET": "everybody", "POST": "everybody"}),
    Route("language/", "language", entry.choose_language, {"POST": "everybody"}),
    Route("password/", "password", entry.change_password, {"GET": "known", "POST": "known"}),
    Route("document.css", "document_style", style.document_style, {"GET": "everybody"}),
    Route("sheets/", "sheets", sheets.sheets, {"GET": "see", "POST": "rate"}),
    Route("uploads/<uuid:key>/", "upload", sheets.upload, {"GET": "see"}),
    Route(
        "uploads/<uuid:key>/files/<int:number>/form/",
        "make_form",
        form_making.make_form,
        {"GET": "edit", "POST": "edit"},
    ),
    Route("sheets/new/", "type_sheet", type_sheet.type_sheet, {"GET": "rate", "POST": "rate"}),
    Route("sheets/<uuid:key>/", "sheet", sheet.sheet, {"GET": "see"}),
    Route("sheets/<uuid:key>/source/", "source", source.source, {"GET": "see"}),
    Route("sheets/<uuid:key>/source/<int:number>.png", "source_picture", source.picture, {"GET": "see"}),
    Route("sheets/<uuid:key>/other-results/", "other_results", other_results.other_results, {"GET": "see"}),
    Route("sheets/<uuid:key>/figure/", "correct_figure", sheet.correct_figure, {"POST": "rate"}),
    Route("sheets/<uuid:key>/fact/", "give_fact", sheet.give_fact, {"POST": "rate"}),
    Route("sheets/<uuid:key>/rulebook/", "choose_rulebook", sheet.choose_rulebook, {"POST": "rate"}),
    Route("sheets/<uuid:key>/adoption/", "adopt", sheet.adopt, {"POST": "rate"}),
    Route("sheets/<uuid:key>/verdict.<str:kind>", "verdict_file", sheet_files.verdict_file, {"GET": "see"}),
    Route("sheets/<uuid:key>/sheet.yaml", "sheet_file", sheet_files.sheet_file, {"GET": "see"}),
    Route("forms/", "forms", form_pages.forms, {"GET": "see"}),
    Route("forms/<str:identity>/", "form", form_pages.form, {"GET": "see"}),
    Route("rulebooks/", "rulebooks", rulebooks.gallery, {"GET": "see"}),
    Route("rulebooks/<str:identity>/", "rulebook", rulebooks.rulebook, {"GET": "see"}),
    Route("drafts/", "drafts", draft_list.drafts, {"GET": "edit", "POST": "edit"}),
    Route("drafts/<uuid:key>/", "draft", drafts.draft, {"GET": "edit", "POST": "edit"}),
    Route("drafts/<uuid:key>/history/", "draft_history", drafts.history, {"GET": "edit"}),
    Route("drafts/<uuid:key>/cases/", "draft_cases", draft_cases.cases, {"GET": "edit", "POST": "edit"}),
    Route("drafts/<uuid:key>/checks/", "draft_checks", draft_checks.checks, {"GET": "edit"}),
    Route("drafts/<uuid:key>/impact/", "draft_impact", draft_impact.impact, {"GET": "edit"}),
    Route("drafts/<uuid:key>/proof/", "draft_proof", draft_proof.proof, {"GET": "edit"}),
    Route("drafts/<uuid:key>/upload/", "draft_upload", draft_upload.upload, {"GET": "edit", "POST": "edit"}),
    Route("drafts/<uuid:key>/workbook/", "draft_workbook", drafts.workbook, {"GET": "edit"}),
    Route("drafts/<uuid:key>/document/", "draft_document", drafts.document, {"GET": "edit"}),
    Route("drafts/<uuid:key>/submit/", "submit", submit.submit_draft, {"GET": "edit", "POST": "edit"}),
    Route("reviews/", "reviews", reviews.reviews, {"GET": "review"}),
    Route("reviews/<uuid:key>/", "review", reviews.review, {"GET": "review"}),
    Route("reviews/<uuid:key>/comment/", "comment", reviews.comment_on, {"POST": "review"}),
    Route("reviews/<uuid:key>/proof/", "review_proof", reviews.prove_again, {"POST": "review"}),
    Route("reviews/<uuid:key>/impact/", "review_impact", reviews.impact, {"GET": "review"}),
    Route("reviews/<uuid:key>/document/", "review_document", reviews.document, {"GET": "review"}),
    Route("reviews/<uuid:key>/decision/", "decide", reviews.decide_on, {"POST": "approve"}),
    Route("reviews/<uuid:key>/publication/", "publish", reviews.publish_it, {"POST": "approve"}),
    Route("publications/", "publications", publications.publications, {"GET": "see"}),
    Route("publications/<uuid:key>/", "publication", publications.publication, {"GET": "see"}),
    Route("publications/<uuid:key>/document/", "published_document", publications.document, {"GET": "see"}),
    Route("publications/<uuid:key>/certificate/", "certificate", publications.certificate, {"GET": "see"}),
    Route("publications/<uuid:key>/withdrawal/", "withdraw", publications.withdraw_it, {"POST": "approve"}),
    Route("four-eyes/", "four_eyes", publications.change_four_eyes, {"POST": "administer"}),
    Route("corpora/", "corpora", corpora.corpora, {"GET": "see", "POST": "audit"}),
    Route("jobs/<uuid:key>/", "job", corpora.job, {"GET": "see", "POST": "audit"}),
    Route("audits/", "audits", audits.audits, {"GET": "see", "POST": "audit"}),
    Route("audits/<uuid:key>/", "audit", audits.audit, {"GET": "see"}),
    Route("audits/<uuid:key>/report.<str:kind>", "audit_file", audits.report, {"GET": "see"}),
    Route("audits/<uuid:key>/findings/", "findings", findings.findings, {"GET": "see", "POST": "see"}),
    Route("audits/<uuid:key>/findings/<int:number>/", "finding", findings.finding, {"GET": "see", "POST": "audit"}),
    Route("log/", "log", log.log, {"GET": "see"}),
    Route("log/export.ndjson", "log_export", log.export, {"GET": "see"}),
    Route("tokens/", "tokens", tokens.tokens, {"GET": "known", "POST": "known"}),
    Route("tokens/<int:number>/", "close_token", tokens.close, {"POST": "known"}),
    Route("accounts/", "accounts", accounts.accounts, {"GET": "administer", "POST": "administer"}),
    Route("accounts/<int:number>/", "account", accounts.change, {"POST": "administer"}),
)


def guarded(route: Route) -> View:
    """The view of a route for those who may."""

    @wraps(route.view)
    def view(request: HttpRequest, **parts: Any) -> HttpResponse:
        right = route.rights.get("GET" if request.method == "HEAD" else str(request.method))
        if right is None:
            return HttpResponseNotAllowed(route.rights)
        if right != "everybody" and not request.user.is_authenticated:
            query = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
            return HttpResponseRedirect(f"{reverse('login')}?{query}" if query else reverse("login"))
        if not (right == "everybody" or right == "known" or may(request.user.role, right)):
            return faults.forbidden(request)
        if any("\x00" in part for part in parts.values() if isinstance(part, str)):
            return faults.not_found(request)  # no name has it, and not every database takes it in a question
        return route.view(request, **parts)

    return view


urlpatterns = [
    *(path(route.path, guarded(route), name=route.name) for route in ROUTES),
    path("api/v1/", api.urls),  # its operations say themselves what they ask of a role
]
handler404 = faults.not_found
handler403 = faults.forbidden
handler400 = faults.bad_request


def handler500(request: HttpRequest) -> HttpResponse:
    """What failed, as a page or, to a program, as a problem."""
    if request.path_info.startswith("/api/"):
        return problems.failed(request, sys.exc_info()[1])
    return faults.failed(request)
