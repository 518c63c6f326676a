"""Results in notebooks: every builder that a result names is there, and what it builds is a piece of a page."""

import importlib
import pkgutil

import pytest

import hyotei
from hyotei.document.notebook import ShownInNotebooks
from hyotei.verdict.verdict import Verdict
from tests.writers.written import html_page


def results() -> list[type[ShownInNotebooks]]:
    """All classes of results that notebooks show."""
    for package in ("verdict", "proof", "compare", "impact", "audit"):
        for module in pkgutil.walk_packages([f"{hyotei.__path__[0]}/{package}"], f"hyotei.{package}."):
            importlib.import_module(module.name)
    found, waiting = [], [ShownInNotebooks]
    while waiting:
        below = waiting.pop().__subclasses__()
        found += below
        waiting += below
    return found


def test_every_result_names_a_builder_that_is_there() -> None:
    """The names are looked up when a notebook asks, so that a wrong one would show there only."""
    classes = [each for each in results() if hasattr(each, "document_builder")]
    assert Verdict in classes
    for each in classes:
        module, _, function = each.document_builder.partition(":")
        assert callable(getattr(importlib.import_module(module), function)), each


def test_a_notebook_shows_a_piece_of_a_page(seed_verdict: Verdict, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its style and without scripts; only the plain text where what makes pages is not installed."""
    shown = seed_verdict._repr_html_()
    assert shown is not None
    tags = {tag for tag, _ in html_page(shown.encode("utf-8")).tags}
    assert "table" in tags
    assert tags.isdisjoint({"script", "html", "body"})
    assert repr(seed_verdict) == "<Verdict mic-24-15: rating A, budget Ⅱ, determined>"
    monkeypatch.setattr("hyotei.document.notebook.installed", lambda name: False)
    assert seed_verdict._repr_html_() is None
