"""What the forms of this room have in common."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse


class Refusing:
    """A form with errors is answered with 422 here as on every other page."""

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        above: Any = super()
        response = above.form_invalid(form)
        if response.status_code == 200:
            response.status_code = 422
        return response
