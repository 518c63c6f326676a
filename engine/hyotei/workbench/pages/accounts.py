"""The accounts of a workbench, for administrators."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from hyotei.messages import Phrase, phrase
from hyotei.workbench.accounts import (
    last_administrator,
    new_account,
    password_problems,
    plain_name,
    problems_of,
    set_open,
    set_password,
    set_role,
)
from hyotei.workbench.log import lock_table
from hyotei.workbench.models import Account
from hyotei.workbench.rendering import page
from hyotei.workbench.reviews import four_eyes
from hyotei.workbench.roles import ROLES


def accounts(request: HttpRequest) -> HttpResponse:
    """All accounts; makes new ones."""
    if request.method != "POST":
        return _page(request)
    name, role = plain_name(request.POST.get("name", "")), request.POST.get("role", "")
    password = request.POST.get("password", "")
    problems = problems_of(name, role, password)
    known = next((each for each in ROLES if each == role), None)
    if not problems and known is not None and new_account(name, password, known, by=request.user) is None:
        problems = [phrase("workbench.account.name_taken")]
    return _page(request, problems, name, role) if problems else HttpResponseRedirect(reverse("accounts"))


def change(request: HttpRequest, number: int) -> HttpResponse:
    """Changes one account: its role, whether it is open, its password."""
    with transaction.atomic():
        lock_table(Account)  # of two administrators who close each other at once, one stays
        return _changed(request, number)


def _changed(request: HttpRequest, number: int) -> HttpResponse:
    account = get_object_or_404(Account, pk=number)
    role = next((each for each in ROLES if each == request.POST.get("role")), None)
    is_open = {"open": True, "closed": False}.get(request.POST.get("state", ""))
    password = request.POST.get("password", "")
    if last_administrator(account) and ((role or "administrator") != "administrator" or is_open is False):
        return _page(request, [phrase("workbench.account.last_administrator")])
    if password and (problems := password_problems(password, account)):
        return _page(request, problems)
    if role is not None and role != account.role:
        set_role(account, role, by=request.user)
    if is_open is not None and is_open != account.is_active:
        set_open(account, is_open, by=request.user)
    if password:
        set_password(account, password, by=request.user)
    return HttpResponseRedirect(reverse("accounts"))


def _page(request: HttpRequest, problems: list[Phrase] | None = None, name: str = "", role: str = "") -> HttpResponse:
    listed = Account.objects.prefetch_related("identities").order_by("name")
    status = 422 if problems else 200
    return page(
        request,
        "accounts.html",
        status=status,
        problems=problems or [],
        accounts=listed,
        roles=ROLES,
        name=name,
        role=role,
        four_eyes=four_eyes(),
    )
