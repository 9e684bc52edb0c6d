"""In which language and script a paper of a participation is written, unless somebody chooses."""

from documents.papers.catalogue import LANGUAGES
from workflow.models import Participation, Programme

# What the administration of a country writes; the first where a programme says nothing.
OF_COUNTRIES = {"RS": ["sr", "sr-latn"], "BA": ["bs"]}


def language_of(participation: Participation) -> str:
    """The programme's language that is spoken where the municipality is, else its first.

    A programme in two countries (SPIS: Serbian and Bosnian) writes to each in its own. Where its
    file names none that papers are written in, the country decides: Serbian in Cyrillic, Bosnian.
    """
    return chosen(participation.programme, participation.municipality.country)


def chosen(programme: Programme, country: str) -> str:
    spoken = OF_COUNTRIES.get(country, LANGUAGES)
    stated = [code for code in programme.languages if code in LANGUAGES] or spoken[:1]
    return next((code for code in stated if code in spoken), stated[0])
