"""The forms by which printed sheets are read: a list, and each as the document that it is."""

from django.http import Http404, HttpRequest, HttpResponse

from hyotei.base.text_file import read_text
from hyotei.forms.library import library, load_form
from hyotei.forms.model import FILE
from hyotei.messages import HyoteiError
from hyotei.workbench.pages.rulebooks import years
from hyotei.workbench.rendering import language_of, page
from hyotei.workbench.rulebook_markdown import rulebook_markup


def forms(request: HttpRequest) -> HttpResponse:
    """All forms; those that were made here first."""
    listed = sorted(library(), key=lambda each: each.origin == "shipped")
    return page(request, "forms.html", listed=listed, years=years)


def form(request: HttpRequest, identity: str) -> HttpResponse:
    """One form with its document; of one with errors, all of them."""
    entry = next((each for each in library() if each.head.id == identity), None)
    if entry is None:
        raise Http404
    try:
        loaded = load_form(entry.folder)
    except HyoteiError as error:
        told = [each.text(language_of(request)) for each in error.diagnostics]
        return page(request, "rulebook_wrong.html", status=409, identity=identity, told=told, is_form=True)
    text = read_text(entry.folder / FILE)
    return page(
        request, "form.html", origin=entry.origin, form=loaded, years=years, text=rulebook_markup(text, ()), source=text,
    )  # fmt: skip
