"""Results in notebooks: a class of results names what builds its document, and gets its HTML from there."""

from importlib import import_module
from typing import Any, ClassVar

from hyotei.base.extras import installed
from hyotei.document.model import Document


class ShownInNotebooks:
    """A result that a notebook shows as its document.

    Results lie below what builds documents of them, so the builder is named (`module:function`) and looked up when it is asked for.
    """

    __slots__ = ()
    document_builder: ClassVar[str]

    def document(self, *given: Any, **named: Any) -> Document:
        """The result as a document; what is given goes to its builder."""
        module, _, function = self.document_builder.partition(":")
        built = getattr(import_module(module), function)(self, *given, **named)
        assert isinstance(built, Document)
        return built

    def notebook_document(self) -> Document:
        """What a notebook shows."""
        return self.document()

    def _repr_html_(self) -> str | None:
        """HTML for a notebook; None, and with it the plain `repr`, where what makes pages is not installed."""
        if not installed("jinja2"):
            return None
        page = import_module("hyotei.writers.html").fragment(self.notebook_document())
        assert isinstance(page, str)
        return page
