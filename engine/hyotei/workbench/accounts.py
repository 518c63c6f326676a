"""Making accounts, changing their roles and passwords, closing them; each is logged."""

import unicodedata
from typing import Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from hyotei.messages import Phrase, phrase, phrase_of
from hyotei.workbench.log import record
from hyotei.workbench.models import Account
from hyotei.workbench.roles import ROLES, Role

LONGEST_NAME: Final = 60


def anyone() -> bool:
    """Whether there is any account."""
    return bool(Account.objects.exists())


def plain_name(text: str) -> str:
    """A name in one spelling, half or full width, without blanks around it."""
    return unicodedata.normalize("NFKC", text).strip()


def problems_of(name: str, role: str, password: str) -> list[Phrase]:
    """What is wrong with a new account."""
    found = []
    if not name or len(name) > LONGEST_NAME or any(not each.isprintable() for each in name):
        found.append(phrase("workbench.account.wrong_name", longest=LONGEST_NAME))
    elif Account.objects.filter(name=name).exists():
        found.append(phrase("workbench.account.name_taken"))
    if role not in ROLES:
        found.append(phrase("workbench.account.wrong_role"))
    return found + password_problems(password, Account(name=name))


def password_problems(password: str, account: Account) -> list[Phrase]:
    """What is wrong with a password for an account."""
    try:
        validate_password(password, account)
    except ValidationError as error:
        return [phrase_of("workbench.password", str(each.code)) for each in error.error_list]
    return []


def new_account(name: str, password: str, role: Role, by: Account | None) -> Account | None:
    """Makes an account; None where the name was taken in the meantime. `by` is None where the program itself makes it."""
    account = Account(name=name, role=role)
    account.set_password(password)
    try:
        with transaction.atomic():
            account.save()
            record(by, "account.created", name, role=role)
    except IntegrityError:
        return None
    return account


def first_account(name: str, password: str) -> Account | None:
    """Makes the first account, an administrator; None where there is one already."""
    with transaction.atomic():
        return None if anyone() else new_account(name, password, "administrator", by=None)


def set_role(account: Account, role: Role, by: Account | None) -> None:
    """Gives an account another role."""
    with transaction.atomic():
        before, account.role = account.role, role
        account.save(update_fields=["role"])
        record(by, "account.role_changed", account.name, before=before, role=role)


def set_open(account: Account, is_open: bool, by: Account) -> None:
    """Closes an account, or opens it again. Sessions of a closed one end with their next request."""
    with transaction.atomic():
        account.is_active = is_open
        account.save(update_fields=["is_active"])
        record(by, "account.opened" if is_open else "account.closed", account.name)


def set_password(account: Account, password: str, by: Account) -> None:
    """Gives an account another password. Its other sessions end."""
    with transaction.atomic():
        account.set_password(password)
        account.save(update_fields=["password"])
        record(by, "account.password_changed", account.name)


def last_administrator(account: Account) -> bool:
    """Whether without this account nobody could manage accounts."""
    others = Account.objects.filter(role="administrator", is_active=True).exclude(pk=account.pk)
    return account.role == "administrator" and not others.exists()
