"""Where each role begins: the first page, the mentor's municipalities, the evaluator's queue."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from workflow.pages.my_municipalities import my_municipalities as municipalities_of
from workflow.pages.nav import choose_first_role, first_address
from workflow.pages.reviews import reviews as reviews_of
from workflow.pages.shortcuts import shortcuts
from workflow.pages.without_role import other_roles


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To where the work of the first role begins; without a role, whom to ask for one."""
    if address := first_address(request):
        return redirect(address)
    context = {"others": other_roles(request.user)}
    return render(request, "workflow/without_role.html", context)


@require_POST
def choose_role(request: HttpRequest) -> HttpResponse:
    """From now on the work of this role stands first. It gives and takes no right."""
    if not choose_first_role(request, request.POST.get("role", "")):
        messages.warning(request, _("You do not hold this role now. Nothing was changed."))
    return redirect("workflow:home")


@require_safe
def my_municipalities(request: HttpRequest) -> HttpResponse:
    """A mentor's own, those at risk first."""
    found = municipalities_of(request.user)
    context = {"mine": found, "shortcuts": shortcuts(request.user)}
    return render(request, "workflow/my_municipalities.html", context)


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """What an evaluator has to rate or to look at, by the day it is due."""
    found = reviews_of(request.user, request.GET)
    return render(request, "workflow/reviews.html", {"queue": found})
