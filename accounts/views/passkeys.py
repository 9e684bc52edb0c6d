"""What the pages of passkeys have in common: the challenge is made when a POST asks for it.

allauth makes it with the page; but opening a page writes nothing here, and a challenge is kept.
"""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.webauthn.internal import auth
from django.http import HttpRequest, HttpResponseBase, JsonResponse


class Challenging:
    """Answers the script of the page with the options for the device, and its form as before."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if get_adapter().is_ajax(request):
            return JsonResponse(self.options(request))
        view: Any = super()
        return view.post(request, *args, **kwargs)

    def options(self, request: HttpRequest) -> dict[str, Any]:
        """For the passkeys of who is signed in; of nobody in particular for anybody else."""
        person = request.user if request.user.is_authenticated else None
        return auth.begin_authentication(person)
