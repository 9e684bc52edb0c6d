"""PDF sheets of our own: PDF/A-3a, tagged, with whole fonts inside and their content attached.

What a sheet says is attached as `content.json`; its SHA-256 is printed at the foot of each page,
so that anybody can compare two prints, or the file with what it says. Neither the network nor any
file but our own fonts can be reached from the HTML.
"""

import atexit
import hashlib
import threading
import unicodedata
import warnings
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from documents.papers.fields.filled import as_written_in
from documents.papers.problems import PdfUnavailable
from web.script.dates import date_and_time
from workflow.audit.canonical import canonical

FOLDER = Path(settings.BASE_DIR) / "documents"
FONTS = [
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
    "NotoSans-Italic.ttf",
    "NotoSans-BoldItalic.ttf",
]
SHEETS = ["transition_record", "next_steps", "case_summary"]
STYLE = FOLDER / "papers" / "sheets.css"
VARIANT = "pdf/a-3a"
# As a document says them; "sr" alone would leave the script open.
TAGS = {"sr": "sr-Cyrl", "sr-latn": "sr-Latn", "bs": "bs", "en": "en"}
NOT_CONTENT = ("made_by", "made_at", "today", "blank")

# The library behind keeps one list of fonts for all; two at once would share it.
_PRESS = threading.Lock()


def sheet(name: str, context: dict[str, Any], *, language: str) -> bytes:
    """The sheet `name` ("next_steps") as PDF/A. PdfUnavailable where Pango is not installed.

    `context` is what `fields_of` gives, with `made_by` and `made_at`: who asked for it, and when.
    """
    weasyprint = loaded()
    content = content_of(name, context, language)
    with as_written_in(language):
        html = in_our_letters(page_of(name, context, content, language))
        data = weasyprint.Attachment(
            string=content, name="content.json", relationship="Data",
            description=_("What this sheet says, as data"),
        )  # fmt: skip
    with _PRESS:
        fonts, style = press()
        document = weasyprint.HTML(string=html, base_url="papers:", url_fetcher=own_files())
        return document.write_pdf(
            stylesheets=[style], font_config=fonts, attachments=[data],
            pdf_variant=VARIANT, pdf_tags=True, custom_metadata=True,
        )  # fmt: skip


def content_of(name: str, context: dict[str, Any], language: str) -> str:
    """The one spelling of what a sheet says: not who made it, nor when."""
    said = {key: value for key, value in context.items() if key not in NOT_CONTENT}
    return canonical({"sheet": name, "language": language, "content": said})


def digest_of(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def in_our_letters(html: str) -> str:
    """The same without signs that our fonts lack: another font of the machine, or none, would do.

    The attached content keeps them.
    """
    strange = {sign for sign in set(html) if ord(sign) not in letters() and not sign.isspace()}
    return html.translate({ord(sign): substitute(sign) for sign in strange})


def substitute(sign: str) -> str:
    if sign in "→−":  # between stages, and before numbers
        return "–"
    return "" if unicodedata.category(sign) in ("Cf", "Mn") else "\ufffd"


@lru_cache(maxsize=1)
def letters() -> frozenset[int]:
    """What all four cuts can write."""
    from fontTools.ttLib import TTFont

    cuts = []
    for name in FONTS:
        with TTFont(FOLDER / "fonts" / name, lazy=True) as cut:
            cuts.append(frozenset(cut.getBestCmap()))
    return frozenset.intersection(*cuts)


def body_of(name: str, context: dict[str, Any], *, language: str) -> SafeString:
    """What the sheet says as HTML without the page around it, to be read before it is made."""
    with as_written_in(language):
        told = {"fields": context, "layout": "documents/papers/bare.html"}
        return mark_safe(render_to_string(template_of(name), told))


def page_of(name: str, context: dict[str, Any], content: str, language: str) -> str:
    """The whole page, in the language that is active."""
    made_at: datetime = context.get("made_at") or timezone.now()
    # "Page 2 of 3": the style knows the numbers, the catalogue the words around them.
    before, between, after = (
        _("Page %(page)s of %(pages)s") % {"page": "\0", "pages": "\0"}
    ).split("\0")
    told = {
        "fields": context,
        "layout": "documents/papers/sheet.html",
        "tag": TAGS[language],
        "before": before,
        "between": between,
        "after": after,
        "digest": digest_of(content),
        "made_at": date_and_time(made_at),
        "made_iso": made_at.isoformat(timespec="seconds"),
        "made_by": str(context.get("made_by") or _("the system")),
    }
    return render_to_string(template_of(name), told)


def template_of(name: str) -> str:
    """KeyError for a sheet that does not exist."""
    if name not in SHEETS:
        raise KeyError(name)
    return f"documents/papers/{name}.html"


def loaded() -> Any:
    """WeasyPrint, which takes up to two seconds to load and needs libraries of the system."""
    try:
        with warnings.catch_warnings():
            # Says which library a later version of it will want.
            warnings.simplefilter("ignore", DeprecationWarning)
            import weasyprint
    except (ImportError, OSError) as error:
        raise PdfUnavailable from error
    return weasyprint


@lru_cache(maxsize=1)
def press() -> tuple[Any, Any]:
    """One list of fonts for style and pages: with two, another font is taken without a word."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    atexit.register(press.cache_clear)  # its files are put away while the library still stands
    fonts = FontConfiguration()
    style = CSS(string=STYLE.read_text(), font_config=fonts, url_fetcher=own_files())
    return fonts, style


@lru_cache(maxsize=1)
def own_files() -> Any:
    """What the HTML can reach: `papers:` and the name of one of our fonts. All else ends it."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            name = url.removeprefix("papers:")
            if name == url or name not in FONTS:
                raise FatalURLFetchingError(f"not a file of ours: {url}")
            return URLFetcherResponse(
                url, (FOLDER / "fonts" / name).read_bytes(), {"Content-Type": "font/ttf"}
            )

    return OwnFiles()
