"""Files as a form sends them (multipart/form-data, RFC 7578)."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from uuid import uuid4


def file_parts(name: str, files: Iterable[Path], fields: Mapping[str, str] = MappingProxyType({})) -> tuple[str, bytes]:
    """The media type and the body of a form of which one field holds files.

    Args:
        name: of the field.
        files: the files, each under its own name.
        fields: the texts of other fields by their names.
    """
    boundary = f"hyotei-{uuid4().hex}"
    parts = []
    for field, text in fields.items():
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n'
        parts.append(f"{head}{text}\r\n".encode())
    for file in files:
        shown = file.name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{shown}"\r\n\r\n'
        parts += [head.encode("utf-8", "surrogateescape"), file.read_bytes(), b"\r\n"]
    return f"multipart/form-data; boundary={boundary}", b"".join([*parts, f"--{boundary}--\r\n".encode()])
