"""Files that a page hands out to be kept."""

import re
from urllib.parse import quote

from django.http import HttpResponse

from hyotei.base.printable import printable


def attachment(content: str | bytes, name: str, kind: str) -> HttpResponse:
    """A file by its name, which may hold any characters; `kind` is its media type."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return HttpResponse(content, content_type=kind, headers=headers)


def file_name(title: str) -> str:
    """A title as the name of a file may have it, of 60 characters at most."""
    return " ".join(re.sub(r'[\\/:*?"<>|.]', " ", printable(title)).split())[:60].strip()
