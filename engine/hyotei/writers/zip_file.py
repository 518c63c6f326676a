"""Files of office programs as zips in which no time stands, so that the same document gives the same bytes."""

import io
import zipfile
from datetime import datetime
from typing import Final

WHEN: Final = datetime(1980, 1, 1)  # the earliest time of a zip, which has no zone


def without_times(data: bytes) -> bytes:
    """The zip with its entries in their order, all of one time."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            entry = zipfile.ZipInfo(name, WHEN.timetuple()[:6])
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            after.writestr(entry, before.read(name), compresslevel=6)
    return written.getvalue()
