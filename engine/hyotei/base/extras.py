"""Libraries that only some work needs: which extra of the package brings each, and what is said where one is not installed."""

from importlib.util import find_spec
from typing import Final

from hyotei.messages import Diagnostic, HyoteiError, Listed

EXTRAS: Final[dict[str, tuple[str, ...]]] = {
    "columnar": ("ibis", "duckdb", "pyarrow", "numpy"),
    "proof": ("z3",),
    "readers": ("lxml", "openpyxl", "pdfplumber", "zstandard"),
    "report": ("openpyxl", "vl_convert", "jinja2", "docx"),
    "testing": ("hypothesis",),
    "spark": ("ibis", "pyspark", "pyarrow"),
    "oidc": ("authlib", "requests"),
    "workbench": (
        "django", "ninja", "axes", "argon2", "dj_database_url", "waitress", "whitenoise",
        "ibis", "duckdb", "pyarrow", "numpy", "z3", "lxml", "openpyxl", "pdfplumber", "vl_convert", "jinja2", "docx",
    ),
}  # fmt: skip
"""The modules that each extra of pyproject.toml brings and that Hyotei imports. A module of several belongs to the first."""
_PACKAGES: Final = {
    "z3": "z3-solver",
    "ibis": "ibis-framework",
    "vl_convert": "vl-convert-python",
    "jinja2": "Jinja2",
    "docx": "python-docx",
    "django": "Django",
    "ninja": "django-ninja",
    "axes": "django-axes",
    "argon2": "argon2-cffi",
    "dj_database_url": "dj-database-url",
    "authlib": "Authlib",
}
"""Packages whose name is not that of their module."""


def need(extra: str, *modules: str) -> None:
    """Goes on only where the libraries of an extra are installed: those named, or all of them.

    Raises:
        HyoteiError: one is not (HY902); the message names it and says what to install.
    """
    missing = [module for module in modules or EXTRAS[extra] if not installed(module)]
    if missing:
        raise HyoteiError(_missing(missing, extra))


def installed(module: str) -> bool:
    """Whether a module can be imported, as far as that shows without importing it."""
    return find_spec(module) is not None


def missing_extra(error: ImportError) -> Diagnostic | None:
    """What is said of a failed import where an extra brings the module; None where none does, which is another fault."""
    module = (error.name or "").partition(".")[0]
    extra = next((name for name, modules in EXTRAS.items() if module in modules), None)
    return None if extra is None or installed(module) else _missing([module], extra)


def _missing(modules: list[str], extra: str) -> Diagnostic:
    packages = [_PACKAGES.get(module, module) for module in modules]
    return Diagnostic("HY902", params={"packages": Listed(tuple(packages)), "extra": extra})
