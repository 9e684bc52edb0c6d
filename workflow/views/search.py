"""The search: a page, and its results alone for the field in the masthead."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from workflow.pages.search import search as search_for


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What the words lead to, within what this person may see."""
    found = {"search": search_for(request.user, request.GET)}
    part = request.headers.get("HX-Request") == "true"
    template = "workflow/_found_as_typed.html" if part else "workflow/search.html"
    response = render(request, template, found)
    patch_vary_headers(response, ["HX-Request"])
    return response
