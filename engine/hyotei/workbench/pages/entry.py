"""Coming in and going out: the first account, logging in, the language, one's own password."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from hyotei.messages import LANGUAGES, Diagnostic, Phrase, phrase
from hyotei.workbench import first_account
from hyotei.workbench.accounts import LONGEST_NAME, anyone, password_problems, plain_name, problems_of, set_password
from hyotei.workbench.accounts import first_account as make_first
from hyotei.workbench.log import record
from hyotei.workbench.rendering import LANGUAGE_COOKIE, page
from hyotei.workbench.settings import LOCKED_FOR

Said = Phrase | Diagnostic


def home(request: HttpRequest) -> HttpResponse:
    """The first page: the sheets."""
    return HttpResponseRedirect(reverse("sheets"))


def log_in(request: HttpRequest) -> HttpResponse:
    """Asks for name and password; leads where the person wanted to go."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if not url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        wanted = reverse("home")
    if request.user.is_authenticated:
        return HttpResponseRedirect(wanted)
    problems: list[Said] = []
    name = plain_name(request.POST.get("name", "").replace("\0", ""))[: LONGEST_NAME + 1]
    if request.method == "POST":
        account = authenticate(request, name=name, username=name, password=request.POST.get("password", ""))
        if account is not None:
            login(request, account)
            record(account, "account.logged_in", account.name)
            return HttpResponseRedirect(wanted)
        problems = [phrase("workbench.login.wrong")]
    return login_page(request, problems, name, wanted)


def login_page(
    request: HttpRequest, problems: Sequence[Said], name: str = "", wanted: str = "", status: int = 200
) -> HttpResponse:
    """The page that asks who comes."""
    provider = settings.HYOTEI.provider is not None
    return page(
        request, "login.html", status=status, problems=problems, name=name, next=wanted, empty=not anyone(), provider=provider
    )  # fmt: skip


def locked_out(request: HttpRequest, *_: object) -> HttpResponse:
    """Too many wrong passwords for this name from this address."""
    minutes = int(LOCKED_FOR.total_seconds()) // 60
    problems = [phrase("workbench.login.locked", minutes=minutes)]
    return login_page(request, problems, status=429)


def log_out(request: HttpRequest) -> HttpResponse:
    """Ends the session."""
    logout(request)
    return HttpResponseRedirect(reverse("login"))


def make_first_account(request: HttpRequest) -> HttpResponse:
    """Makes the administrator of a new workbench, for whoever has the token."""
    token = request.POST.get("token") or request.GET.get("token") or ""
    if anyone():
        return HttpResponseRedirect(reverse("login"))
    if not first_account.is_token(token):
        return page(request, "first_account.html", status=403, problems=[], name="", token="", allowed_in=False)
    problems: list[Phrase] = []
    name = plain_name(request.POST.get("name", ""))
    if request.method == "POST":
        password = request.POST.get("password", "")
        problems = problems_of(name, "administrator", password) + _repeated(request, password)
        account = None if problems else make_first(name, password)
        if account is not None:
            first_account.use_up()
            login(request, account, backend="django.contrib.auth.backends.ModelBackend")
            record(account, "account.logged_in", account.name)
            return HttpResponseRedirect(reverse("home"))
        if not problems:
            return HttpResponseRedirect(reverse("login"))
    return page(request, "first_account.html", problems=problems, name=name, token=token, allowed_in=True)


def choose_language(request: HttpRequest) -> HttpResponse:
    """Keeps the language and leads back."""
    wanted = request.POST.get("next", "")
    back = wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else reverse("home")
    response = HttpResponseRedirect(back)
    language = request.POST.get("language")
    if language in LANGUAGES:
        response.set_cookie(
            LANGUAGE_COOKIE, language, max_age=365 * 24 * 3600, path=reverse("home"), secure=request.is_secure(),
            httponly=True, samesite="Lax",
        )  # fmt: skip
    return response


def change_password(request: HttpRequest) -> HttpResponse:
    """Changes one's own password."""
    problems: list[Phrase] = []
    done = False
    if request.method == "POST":
        password = request.POST.get("password", "")
        name = request.user.name
        # As at the login, so that guesses by a session that was stolen are counted too.
        if authenticate(request, name=name, username=name, password=request.POST.get("before", "")) != request.user:
            problems.append(phrase("workbench.password.before_wrong"))
        problems += password_problems(password, request.user) + _repeated(request, password)
        if not problems:
            set_password(request.user, password, by=request.user)
            update_session_auth_hash(request, request.user)
            done = True
    return page(request, "password.html", problems=problems, done=done)


def _repeated(request: HttpRequest, password: str) -> list[Phrase]:
    """That the password was not typed the same twice."""
    return [] if request.POST.get("again", "") == password else [phrase("workbench.password.differs")]
