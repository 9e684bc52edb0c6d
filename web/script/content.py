"""Content in the reader's language and script: what people and procedure files wrote.

Interface words come from the catalogues (gettext); here is everything else. Content is shown,
never stored, in another script.
"""

from collections.abc import Mapping

from django.utils.translation import get_language

from web.script.transliterate import to_cyrillic, to_latin

# Where to look first; content is in Serbian and English, so a Bosnian reader gets Serbian too.
_LANGUAGES = {"en": ("en", "sr"), "sr": ("sr", "en"), "sr-latn": ("sr", "en"), "bs": ("sr", "en")}


def localized(content: Mapping[str, str] | str | None, language: str | None = None) -> str:
    """A text that exists as {"sr": …, "en": …}, or Serbian text alone, for this reader.

    An English reader gets English where there is any, else Serbian in Latin. A Serbian reader
    gets Serbian in the script chosen, else the English as it stands; a Bosnian one the same, in
    Latin. Nothing gives "".
    """
    if not content:
        return ""
    if not isinstance(content, Mapping):
        return in_script(content, language)
    for wanted in _LANGUAGES.get(_code(language), ("sr", "en")):
        if text := content.get(wanted):
            return str(text) if wanted == "en" else in_script(text, language)
    return ""


def in_script(text: object, language: str | None = None) -> str:
    """Serbian text in the reader's script, whatever it was typed in; Latin for all but `sr`.

    For Serbian only: English text would come out in Cyrillic letters.
    """
    serbian = "" if text is None else str(text)
    return to_cyrillic(serbian) if _code(language) == "sr" else to_latin(serbian)


def _code(language: str | None) -> str:
    """The language asked for or active; none active counts as English, as in gettext."""
    return (language or get_language() or "en").lower()
