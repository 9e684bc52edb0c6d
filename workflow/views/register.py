"""Finding a municipality in the register and choosing one, as several pages do, without script.

The search is a form by GET; each result has a button or a link that names its code.
"""

from typing import Any

from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404

from municipalities.models import Municipality
from workflow.forms.register import ChosenForm, SearchForm

FOUND_AT_MOST = 20


def search(request: HttpRequest) -> dict[str, Any]:
    """What `_register_search.html` shows: the form, the words, and the units that hold them."""
    form = SearchForm(request.GET or None)
    return {"form": form, "words": form.words()} | found_units(form.words())


def found_units(words: str) -> dict[str, Any]:
    """The units whose name holds these words, and whether there are more than are shown."""
    if not words.strip():
        return {"municipalities": [], "is_more": False}
    rows = Municipality.objects.matching(words).select_related("parent").sorted()
    found = list(rows[: FOUND_AT_MOST + 1])
    return {"municipalities": found[:FOUND_AT_MOST], "is_more": len(found) > FOUND_AT_MOST}


def chosen_unit(sent: QueryDict) -> Municipality:
    """The municipality whose button was pressed; 404 for a code that no register has."""
    form = ChosenForm(sent)
    code = form.cleaned_data["municipality"] if form.is_valid() else ""
    return get_object_or_404(Municipality.objects.select_related("parent"), code=code)
