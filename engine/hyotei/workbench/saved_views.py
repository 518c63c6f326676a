"""Views of findings that people keep: filters and an order under a name, of one account, for every audit."""

from urllib.parse import parse_qsl

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.workbench.accounts import plain_name
from hyotei.workbench.audit_models import SavedView
from hyotei.workbench.audit_words import LONGEST_VIEW_NAME
from hyotei.workbench.finding_filters import Asked, asked
from hyotei.workbench.models import Account


def save_view(account: Account, name: str, what: Asked) -> SavedView:
    """Keeps a view, in place of the one of that name.

    Raises:
        HyoteiError: the name is none, or too long (HY055).
    """
    name = plain_name(name)
    if not name or len(name) > LONGEST_VIEW_NAME or not name.isprintable():
        raise HyoteiError(Diagnostic("HY055", params={"longest": LONGEST_VIEW_NAME}))
    kept, _ = SavedView.objects.update_or_create(account=account, name=name, defaults={"query": what.query})
    return kept


def what_of(view: SavedView) -> Asked:
    """The filters and the order of a view."""
    return asked(dict(parse_qsl(view.query)))
