"""Posts that a program may send again: with one key in the header `Idempotency-Key`, the same request is done once."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from pydantic_core import to_jsonable_python

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.workbench.models import IdempotentAnswer

HEADER: Final = "Idempotency-Key"
_KEY: Final = re.compile(r"[!-~]{1,200}")
_KEPT_FOR: Final = timedelta(days=7)
DESCRIPTION: Final = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "With one key the same request is done once, however often it is sent.",
    "schema": {"type": "string", "pattern": f"^{_KEY.pattern}$"},
}
"""The header as the description of the interface has it."""


def once(request: Any, do: Callable[[], dict[str, object]]) -> dict[str, object]:
    """Does what a request asks for, and keeps the answer under the key that it has, both or neither.

    Args:
        request: the request; without the header it is done whenever it comes.
        do: what it asks for; it raises where it is not done.

    Raises:
        HyoteiError: the key is none (HY041), or that of another request (HY042).
    """
    key = request.headers.get(HEADER)
    if key is None:
        with transaction.atomic():
            return do()
    if _KEY.fullmatch(key) is None:
        raise HyoteiError(Diagnostic("HY041"))
    asked = _asked(request)
    try:
        with transaction.atomic():
            IdempotentAnswer.objects.filter(at__lt=timezone.now() - _KEPT_FOR).delete()
            answer = _answered(request, key, asked)
            if answer is None:
                answer = to_jsonable_python(do())
                text = json.dumps(answer, ensure_ascii=False)
                IdempotentAnswer.objects.create(account=request.auth, key=key, asked=asked, answer=text)
    except IntegrityError:  # the same request came twice at once, and the other was first
        answer = _answered(request, key, asked)
        if answer is None:
            raise
    return answer


def _answered(request: Any, key: str, asked: str) -> dict[str, object] | None:
    """The answer that was given under the key."""
    found = IdempotentAnswer.objects.filter(account=request.auth, key=key).first()
    if found is None:
        return None
    if found.asked != asked:
        raise HyoteiError(Diagnostic("HY042"))
    answer: dict[str, object] = json.loads(found.answer)
    return answer


def _asked(request: Any) -> str:
    """The SHA-256 of all that the request asks for."""
    digest = sha256(f"{request.method} {request.get_full_path()} {request.headers.get('If-Match', '')}\n".encode())
    if request.content_type != "multipart/form-data":
        digest.update(request.body)
        return digest.hexdigest()
    # A form was read as it came in; its body is not there any more.
    digest.update(json.dumps(sorted(request.POST.lists())).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            content = sha256()
            file.seek(0)
            for chunk in file.chunks():
                content.update(chunk)
            digest.update(json.dumps([name, file.name, content.hexdigest()]).encode())
    return digest.hexdigest()
