"""One's own tokens for programs."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from hyotei.workbench.accounts import plain_name
from hyotei.workbench.models import ApiToken
from hyotei.workbench.rendering import page
from hyotei.workbench.tokens import close_token, new_token


def tokens(request: HttpRequest) -> HttpResponse:
    """All of them; makes a new one, and shows it once."""
    made = ""
    if request.method == "POST":
        made = new_token(request.user, plain_name(request.POST.get("name", ""))[:60] or "-")
    listed = request.user.tokens.order_by("-created")
    return page(request, "tokens.html", tokens=listed, made=made)


def close(request: HttpRequest, number: int) -> HttpResponse:
    """Closes one's own token."""
    close_token(get_object_or_404(ApiToken, pk=number, account=request.user))
    return HttpResponseRedirect(reverse("tokens"))
