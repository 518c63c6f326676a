"""The kinds of findings that an audit can make."""

from collections.abc import Iterable

from hyotei.audit.auditor import Auditor
from hyotei.audit.boilerplate import CODE
from hyotei.audit.year_findings import OVER_YEARS
from hyotei.rulebook.model import Table
from hyotei.rulebook.terms import Constant


def kinds(auditor: Auditor, met: Iterable[tuple[str, int]]) -> tuple[str, ...] | None:
    """The codes of findings on sheets of these authorities and years; None where a rulebook computes one."""
    books = {book.hash: book for key in met for book in auditor.books_of(*key).all}
    found = dict.fromkeys((*OVER_YEARS, CODE))
    for book in books.values():
        for decision in book.decisions:
            if not decision.audit:
                continue
            if not isinstance(decision.body, Table):
                return None
            for row in decision.body.rows:
                if not isinstance(row.outputs[0], Constant):
                    return None
                found[str(row.outputs[0].value)] = None
    return tuple(sorted(found))
