"""Follow a participation that one may see, and stop following it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from notifications.services.following import follow, stop_following
from workflow.models import Participation


@require_POST
def following(request: HttpRequest, reference: str) -> HttpResponse:
    """With `stop` sent along it ends."""
    visible = Participation.objects.visible_to(request.user)
    participation = get_object_or_404(visible, reference=reference)
    if "stop" in request.POST:
        stop_following(request.user, participation)
        messages.success(request, _("You no longer follow this participation."))
    else:
        follow(request.user, participation)
        messages.success(request, _("You follow this participation now."))
    return redirect(participation)
