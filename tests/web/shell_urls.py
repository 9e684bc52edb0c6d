"""Addresses for the tests of the shell: its own pages, those of the accounts, failing ones."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpResponse
from django.urls import include, path

FOR_ANYBODY = [
    "/sign-in/",
    "/sign-in/code/",
    "/sign-in/passkey/",
    "/password-reset/",
    "/password-reset/sent/",
    "/password-reset/done/",
    "/password-reset/MQ/no-such-token/",
    "/accessibility/",
    "/privacy/",
    "/glossary/",
    "/whats-new/",
    "/no-such-page/",
    "/refused/",
    "/odd/",
]
SIGNED_IN = ["/profile/", "/password/", "/profile/sign-ins/", "/profile/second-factor/"]
WITHOUT_CONTEXT = ["/breaks/", "/busy/"]


@login_not_required
def refused(request):
    raise PermissionDenied


@login_not_required
def odd(request):
    raise SuspiciousOperation


@login_not_required
def breaks(request):
    raise RuntimeError


@login_not_required
def busy(request):
    raise OperationalError("database is locked")


def plain(request):
    return HttpResponse("a page of an app above")


urlpatterns = [
    path("", include("accounts.urls")),
    path("", include("accounts.urls.allauth")),
    path("", include("web.urls")),
    path("refused/", refused),
    path("odd/", odd),
    path("breaks/", breaks),
    path("busy/", busy),
    path(
        "",
        include(
            (
                [
                    path("", plain, name="home"),
                    path("participations/", plain, name="participations"),
                    path("log/", plain, name="log"),
                ],
                "workflow",
            )
        ),
    ),
]
handler500 = "web.views.server_error"
