"""The rulebooks: a gallery, and each as a document with the drawing of its decisions."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hyotei.base.text_folding import folded
from hyotei.messages import HyoteiError, Phrase, phrase_of
from hyotei.proof.proof_state import known_state
from hyotei.report.law_words import law_words
from hyotei.rulebook.cached_rulebooks import FILE
from hyotei.rulebook.canonical import shown_hash
from hyotei.rulebook.library import EVERY_AUTHORITY, Entry
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.term_words import decision_title, rulebook_title
from hyotei.workbench.audit_store import audit_numbers
from hyotei.workbench.decision_graph import decision_graph
from hyotei.workbench.draft_front import values_shown
from hyotei.workbench.library_entries import entries, entry_of, in_force_of
from hyotei.workbench.rendering import language_of, page
from hyotei.workbench.review_models import Publication
from hyotei.workbench.rulebook_markdown import rulebook_markup
from hyotei.workbench.rulebook_use import use_of


def gallery(request: HttpRequest) -> HttpResponse:
    """All rulebooks, those that are chosen for sheets first."""
    listed = entries()
    groups: dict[str, list[Entry]] = {"chosen": [], "checks": [], "library": []}
    for each in listed:
        checks = folded(each.head.authority) in EVERY_AUTHORITY
        groups["library" if each.origin == "library" else "checks" if checks else "chosen"].append(each)
    return page(request, "rulebooks.html", groups=groups, years=years)


def rulebook(request: HttpRequest, identity: str) -> HttpResponse:
    """One rulebook; of one with errors, all of them."""
    language, year = language_of(request), request.GET.get("year", "")
    related = ("account", "submission__decision__account", "withdrawal__account")
    history = Publication.objects.filter(identity=identity).select_related(*related).order_by("-number")
    try:
        entry = entry_of(identity, int(year) if year.isdecimal() and len(year) < 5 else None)
        if entry is None:
            if not history:
                raise Http404
            return HttpResponseRedirect(reverse("publications"))
        book = entry.load()
    except HyoteiError as error:
        told = [each.text(language) for each in error.diagnostics]
        return page(request, "rulebook_wrong.html", status=409, identity=identity, told=told)
    titles = {each.name: decision_title(each, book, language) for each in book.decisions}
    text = (entry.folder / FILE).read_text(encoding="utf-8", errors="replace")
    return page(
        request,
        "rulebook.html",
        book=book,
        title=rulebook_title(book, language),
        hash=shown_hash(book.hash, None),
        origin=entry.origin,
        history=history,
        is_latest=not year,
        in_force=in_force_of(identity),
        proof=known_state(book, entry.folder),
        use=use_of(entry, settings.HYOTEI.data),
        numbers=audit_numbers(),
        years=years,
        titles=titles,
        graph=_graph(book, titles),
        laws=[law_words(each.text, book, language) for each in book.laws],
        values=values_shown(text, language),
        text=rulebook_markup(text, tuple(titles)),
    )


def years(first: int | None, last: int | None) -> Phrase:
    """The evaluated years of a rulebook."""
    if first is not None and last is not None:
        name = "one" if first == last else "both"
    else:
        name = "any" if first is None and last is None else "first" if last is None else "last"
    return phrase_of("workbench.years", name, first=first, last=last)


def _graph(book: Rulebook, titles: dict[str, str]) -> object:
    """The drawing of the decisions that lead to results; None where none rests on another."""
    needs = {each.name: each.needs for each in book.decisions if not each.audit}
    return decision_graph(needs, titles) if any(needs.values()) else None
