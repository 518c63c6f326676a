"""What reports need besides the core of Hyotei."""

from importlib.util import find_spec

from hyotei.messages import Diagnostic, HyoteiError

_PACKAGES = {"openpyxl": "openpyxl", "altair": "altair", "vl_convert": "vl-convert-python"}


def needs_report() -> None:
    """All of it is there.

    Raises:
        HyoteiError: something is not installed (HY995).
    """
    missing = [package for module, package in _PACKAGES.items() if find_spec(module) is None]
    if missing:
        raise HyoteiError(Diagnostic("HY995", params={"package": ", ".join(missing)}))
