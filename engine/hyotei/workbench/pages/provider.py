"""Coming in by the provider of an organisation."""

from typing import Final

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from hyotei.messages import HyoteiError
from hyotei.workbench.log import record
from hyotei.workbench.pages.entry import login_page
from hyotei.workbench.provider import Provider
from hyotei.workbench.sign_in import account_of, claims_of, way_there

_WANTED: Final = "hyotei_wanted"
"""Where the person wanted to go, in their session."""
_STATUS: Final = {"HY063": 502, "HY064": 400, "HY065": 403, "HY066": 502, "HY067": 403, "HY068": 403, "HY069": 403}


def to_provider(request: HttpRequest) -> HttpResponse:
    """Leads to the provider."""
    provider = _provider()
    request.session[_WANTED] = request.GET.get("next") or ""
    try:
        return way_there(provider, request, settings.HYOTEI.address_back)
    except HyoteiError as error:
        return _refused(request, error)


def from_provider(request: HttpRequest) -> HttpResponse:
    """Lets in who comes back from the provider, and leads where they wanted to go."""
    provider = _provider()
    wanted = str(request.session.get(_WANTED) or "")
    try:
        account = account_of(provider, claims_of(provider, request))
    except HyoteiError as error:
        return _refused(request, error)
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    request.session.pop(_WANTED, None)
    record(account, "account.logged_in", account.name, issuer=provider.issuer)
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return HttpResponseRedirect(wanted if wanted and safe else reverse("home"))


def _provider() -> Provider:
    provider: Provider | None = settings.HYOTEI.provider
    if provider is None:
        raise Http404
    return provider


def _refused(request: HttpRequest, error: HyoteiError) -> HttpResponse:
    status = max(_STATUS.get(each.code, 422) for each in error.diagnostics)
    return login_page(request, list(error.diagnostics), status=status)
