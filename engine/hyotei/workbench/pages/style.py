"""The style of documents, as the writers have it, for pages that show parts of one."""

from django.http import HttpRequest, HttpResponse

from hyotei.writers.html import style


def document_style(request: HttpRequest) -> HttpResponse:
    """The style sheet."""
    headers = {"Cache-Control": "max-age=300, public"}
    return HttpResponse(style(), content_type="text/css; charset=utf-8", headers=headers)
