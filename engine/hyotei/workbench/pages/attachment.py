"""Files that a page hands out to be kept."""

from urllib.parse import quote

from django.http import HttpResponse


def attachment(content: str | bytes, name: str, kind: str) -> HttpResponse:
    """A file by its name, which may hold any characters; `kind` is its media type."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return HttpResponse(content, content_type=kind, headers=headers)
