"""What no template and no style sheet may hold under the strict policy."""

import re
from pathlib import Path

from django.conf import settings as project_settings

TEMPLATES = [
    template
    for app in Path(project_settings.BASE_DIR).iterdir()
    if app.is_dir() and not app.name.startswith(".")
    for template in app.glob("**/templates/**/*.html")
]
FORBIDDEN = {
    "a style attribute": r"\sstyle\s*=",
    "a style element": r"<style",
    "a script in the page": r"<script(?![^>]*\ssrc=)",
    "an event attribute": r"<[^>]*\son[a-z]+\s*=",
    "a script address": r"javascript:",
    "something from another site": r"(?:src|srcset|action)\s*=\s*[\"']?(?:https?:)?//",
    "a style sheet from another site": r"<link[^>]*href\s*=\s*[\"']?(?:https?:)?//",
}


# A mail brings its style along; a page that took it in would break its own policy.
STYLE_OF_MAIL = "_mail_style.html"


def test_the_style_of_mail_is_taken_in_by_the_mail_alone():
    users = [one.name for one in TEMPLATES if STYLE_OF_MAIL in one.read_text()]

    assert users == ["mail.html"]


def test_no_template_holds_what_the_policy_forbids():
    found = [
        f"{template.name}: {what}"
        for template in TEMPLATES
        for what, pattern in FORBIDDEN.items()
        if re.search(pattern, template.read_text(), re.IGNORECASE)
    ]

    assert found == [f"{STYLE_OF_MAIL}: a style element"]
    assert len(TEMPLATES) > 20


def test_the_style_sheet_loads_nothing_from_elsewhere():
    sheet = Path(project_settings.BASE_DIR, "web/static/web/kit.css")
    rules = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    wanted = re.findall(r"url\((.*?)\)", rules)

    assert len(wanted) == 12
    assert all((sheet.parent / name).is_file() for name in wanted)
    assert "!important" not in rules
    assert "@import" not in rules
