"""Tags of the shell. None of them needs a context: the 500 page uses them too."""

import re
from dataclasses import dataclass

from django import template
from django.conf import settings
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from web.changes import newest_version
from web.context import NavLink, url_or_none
from web.context import html_lang as tag_of_language

register = template.Library()

TITLE = "<title></title>"
H1 = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
ERROR_SUMMARY = 'class="error-summary"'


@register.simple_tag
def html_lang() -> str:
    """The `lang` of the page: sr-Cyrl, sr-Latn or en."""
    return tag_of_language()


@register.simple_tag
def home_url() -> str:
    """Where the name in the masthead leads: the list that opens after signing in."""
    return url_or_none(settings.LOGIN_REDIRECT_URL) or "/"


@register.simple_tag
def footer_links() -> list[NavLink]:
    """What every footer leads to; a page whose app is not installed is left out."""
    told = [
        (_("Accessibility"), url_or_none("web:accessibility")),
        (_("Privacy"), url_or_none("web:privacy")),
        (_("Glossary"), url_or_none("web:glossary")),
        (_("What is new"), url_or_none("web:whats_new")),
        (_("Public pages"), public_home()),
    ]
    return [NavLink(label, url) for label, url in told if url]


@register.simple_tag
def public_home() -> str | None:
    """The first page for everybody, in the language of this page."""
    return url_or_none("public:home", get_language())


@register.simple_tag
def version() -> str:
    """The newest version that the list of changes names."""
    return newest_version()


@register.simple_tag
def help_email() -> SafeString:
    """The address of the help desk as a link."""
    return format_html('<a href="mailto:{0}">{0}</a>', settings.HELP_EMAIL)


@register.simple_tag
def help_contact() -> SafeString:
    """Whom to ask: the address as a link and, where there is one, the phone."""
    phone = conditional_escape(settings.HELP_PHONE)
    return format_html("{}, {}", help_email(), phone) if phone else help_email()


@register.simple_block_tag
def crumbs(content: str) -> str:
    """The breadcrumbs' frame around its `<li>`s; nothing where a page has none."""
    if not content.strip():
        return ""
    return format_html(
        '<nav aria-label="{}"><ol class="crumbs">{}</ol></nav>', _("You are here"), content
    )


@register.simple_block_tag
def titled(content: str) -> str:
    """Fill the page's empty `<title>` from its H1, so that the two never differ.

    "[Error: ] H1 – Koraci"; the first word appears when the page has an error summary.
    """
    heading = H1.search(content)
    words = " ".join(strip_tags(heading[1]).split()) if heading else ""
    before = _("Error:") + " " if ERROR_SUMMARY in content else ""
    title = f"<title>{before}{words} – Koraci</title>" if words else "<title>Koraci</title>"
    # Both parts are pieces of a page that was escaped when it was rendered.
    return mark_safe(content.replace(TITLE, title, 1))


@dataclass(frozen=True)
class ErrorLink:
    """One line of the error summary: the sentence, and the control it is about, if any."""

    sentence: str
    label: str = ""
    target: str = ""


@register.simple_tag
def error_links(form: BaseForm) -> list[ErrorLink]:
    """The lines of the error summary: those of the whole form first, then field by field."""
    whole = [ErrorLink(str(sentence)) for sentence in form.non_field_errors()]
    hidden = [
        ErrorLink(str(sentence), str(field.label))
        for field in form.hidden_fields()
        for sentence in field.errors
    ]
    seen = [
        ErrorLink(str(sentence), str(field.label), first_control(field))
        for field in form.visible_fields()
        for sentence in field.errors
    ]
    return whole + hidden + seen


def first_control(field: BoundField) -> str:
    """The id to jump to; of radio buttons and check boxes, the first one."""
    if field.use_fieldset and field.subwidgets:
        return field.subwidgets[0].id_for_label or field.auto_id
    return field.id_for_label or field.auto_id


@register.filter
def as_list(items) -> list:
    """Messages can be walked through only once; a template needs them twice."""
    return list(items)


@register.filter
def banner_class(messages) -> str:
    """The colour of the banner, after its gravest message."""
    gravest = max(messages, key=lambda message: message.level).level_tag
    return {"success": "ok", "warning": "warn", "error": "bad"}.get(gravest, "")
