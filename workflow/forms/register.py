"""Finding a municipality in the register, and choosing one of those that were found."""

from django import forms
from django.utils.translation import gettext_lazy


class SearchForm(forms.Form):
    """Words to look for in a list; typed text may be anything, also nothing."""

    q = forms.CharField(label=gettext_lazy("Name of the municipality"))

    def words(self) -> str:
        return self.cleaned_data.get("q", "") if self.is_valid() else ""


class ChosenForm(forms.Form):
    """The code of the municipality that a button of a search result stands for."""

    municipality = forms.SlugField(max_length=60)
