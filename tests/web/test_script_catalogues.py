"""The catalogues: Latin made from Cyrillic, the check, what the sources ask for."""

import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import translation
from django.utils.translation import gettext, ngettext
from django.utils.translation.template import templatize

from web.script import bosnian, catalogues
from web.script.sources import Message, messages_in, messages_in_python, messages_in_template

HEADER = """msgid ""
msgstr ""
"Language: sr\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"
"""  # noqa: E501
HELLO = 'msgid "Hello, %(name)s"\nmsgstr "Здраво, %(name)s"\n'
WORDS = "serbian,bosnian\nzdravo,\nkorak,\nkoraka,\n"
STEPS = (
    'msgid "%(n)s step"\nmsgid_plural "%(n)s steps"\n'
    'msgstr[0] "%(n)s корак"\nmsgstr[1] "%(n)s корака"\nmsgstr[2] "%(n)s корака"\n'
)


@pytest.fixture
def write_project(tmp_path, monkeypatch):
    """A small project with a Serbian catalogue, in place of ours and those of the packages."""
    monkeypatch.setattr(bosnian, "texts_of_packages", list)

    def write(*entries, python="", template=""):
        path = catalogues.serbian_path(tmp_path / "locale")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([HEADER, *entries]), encoding="utf-8")
        bosnian.words_path(tmp_path / "locale").parent.mkdir(exist_ok=True)
        bosnian.words_path(tmp_path / "locale").write_text(WORDS, encoding="utf-8")
        bosnian.sentences_path(tmp_path / "locale").write_text(HEADER, encoding="utf-8")
        (tmp_path / "app" / "templates").mkdir(parents=True, exist_ok=True)
        (tmp_path / "app" / "views.py").write_text(python, encoding="utf-8")
        (tmp_path / "app" / "templates" / "page.html").write_text(template, encoding="utf-8")
        return tmp_path / "locale"

    return write


def run(locale, *options, capsys):
    with override_settings(LOCALE_PATHS=[locale]):
        call_command("catalogues", *options)
    return capsys.readouterr().out


def listed_by_check(locale, capsys):
    with pytest.raises(CommandError):
        run(locale, "--check", capsys=capsys)
    return capsys.readouterr().out


def entry(message, translation_, **more):
    return polib.POEntry(msgid=message, msgstr=translation_, **more)


def problems_of(*entries):
    catalogue = polib.POFile()
    catalogue.extend(entries)
    return catalogues.problems(catalogue, {})


def test_latin_and_bosnian_are_made_and_all_are_compiled(write_project, capsys):
    locale = write_project(HELLO, STEPS)

    run(locale, capsys=capsys)

    with override_settings(LOCALE_PATHS=[locale]):
        with translation.override("sr"):
            assert gettext("Hello, %(name)s") == "Здраво, %(name)s"
        for latin in ("sr-latn", "bs"):
            with translation.override(latin):
                assert gettext("Hello, %(name)s") == "Zdravo, %(name)s"
                assert ngettext("%(n)s step", "%(n)s steps", 2) == "%(n)s koraka"


def test_only_letters_change_on_the_way_to_latin(write_project):
    source = '<a href=\\"https://example.org/помоћ\\">Његов {count} %(name)s</a> ЉУБАВ'
    locale = write_project(f'msgid "x"\nmsgstr "{source}"\n')

    catalogues.write_latin(locale)

    [made] = catalogues.read(catalogues.latin_path(locale))
    assert made.msgstr == '<a href="https://example.org/помоћ">Njegov {count} %(name)s</a> LJUBAV'


def test_making_twice_gives_the_same_bytes(write_project):
    locale = write_project(HELLO, STEPS)

    first = catalogues.write_latin(locale).read_bytes()

    assert catalogues.write_latin(locale).read_bytes() == first


def test_the_check_passes_a_whole_catalogue_and_touches_nothing(write_project, capsys):
    locale = write_project(HELLO, python='_("Hello, %(name)s")')
    before = sorted(path for path in locale.rglob("*"))

    assert "1 texts, all translated" in run(locale, "--check", capsys=capsys)
    assert sorted(path for path in locale.rglob("*")) == before


def test_the_check_names_what_the_catalogue_lacks(write_project, capsys):
    locale = write_project(HELLO, template='{% translate "Next steps" %}')

    listed = listed_by_check(locale, capsys)

    assert "app/templates/page.html: 'Next steps' is not in the catalogue." in listed


def test_extracting_adds_new_texts_and_keeps_what_is_translated(write_project, capsys):
    locale = write_project(
        HELLO,
        STEPS,
        python='_("Hello, %(name)s")\nngettext("one day", "%(n)s days", 2)',
        template='{% translate "Lead" context "role" %}',
    )

    printed = run(locale, "--extract", capsys=capsys)

    assert "2 new, 1 kept, 1 gone." in printed
    written = catalogues.read(catalogues.serbian_path(locale))
    assert written.find("Hello, %(name)s").msgstr == "Здраво, %(name)s"
    assert written.find("one day").msgid_plural == "%(n)s days"
    assert written.find("Lead", msgctxt="role").msgstr == ""
    assert [gone.msgid for gone in written.obsolete_entries()] == ["%(n)s step"]


def test_the_check_names_untranslated_and_fuzzy_entries():
    listed = problems_of(entry("Open", ""), entry("Closed", "Затворено", flags=["fuzzy"]))

    assert listed == ["'Open': not translated.", "'Closed': the translation is marked fuzzy."]


@pytest.mark.parametrize(
    ("message", "translated"),
    [
        ("Hello, %(name)s", "Здраво, %(ime)s"),
        ("Hello, %(name)s", "Здраво"),
        ("{count} of {total}", "{count} од"),
        ("%s of %s", "%s од"),
        ("<strong>Now</strong>", "Сада"),
    ],
)
def test_the_check_finds_placeholders_that_differ(message, translated):
    [problem] = problems_of(entry(message, translated))

    assert "placeholders or tags" in problem


def test_placeholders_may_change_places_and_the_singular_may_omit_the_number():
    plural = entry("one step", "", msgid_plural="%(n)s steps")
    plural.msgstr_plural = {0: "%(n)s корак", 1: "један корак", 2: "%(n)s корака"}

    assert problems_of(entry("%(a)s by %(b)s: 5%%", "%(b)s, %(a)s: 5%%"), plural) == []


@pytest.mark.parametrize(
    ("translated", "stray"),
    [
        ("Општина Kikinda", ["Kikinda"]),
        ("лjуди", ["лjуди"]),  # one Latin j, invisible to the reader
        ("Пошаљи by", ["by"]),
        ("Из EU-а и IPA 2020, Horizontal Facility", []),
        ("Група II, део I, PDF, образац SWS-2007-001", []),
        ('<a href="/x">Пиши</a> на help@example.org', []),
        ("%(count)d корака, {name}", []),
        ("Почните изнова опцијом --reset.", []),
        ("Почните опцијом—reset.", ["reset"]),
    ],
)
def test_latin_letters_in_a_cyrillic_text_must_be_listed(translated, stray):
    assert catalogues.stray_latin(translated) == stray


def test_python_sources_are_read_by_their_meaning():
    source = """
_("joined " "parts")
translation.gettext("by attribute")
gettext_lazy("lazy")
ngettext("one", "many", count)
pgettext_lazy("role", "Lead")
_(variable)
print("not this")
"""
    found = [
        (one.context, one.message, one.plural) for one in messages_in_python(source, "views.py")
    ]

    assert sorted(found) == [
        ("", "by attribute", ""),
        ("", "joined parts", ""),
        ("", "lazy", ""),
        ("", "one", "many"),
        ("role", "Lead", ""),
    ]


def test_templates_are_read_with_their_blocks_plurals_and_contexts():
    source = """
{% translate "It's 5 % now" %} {% translate 'Lead' context "role" %}
{% blocktranslate count n=n trimmed %}
  {{ n }} step
{% plural %}
  {{ n }} steps
{% endblocktranslate %}
{% include "x.html" with title=_("People") %} {{ _("Sign in") }} {# _("hidden") #}
"""
    found = {(one.context, one.message, one.plural) for one in messages_in_template(source)}

    assert found == {
        ("", "It's 5 %% now", ""),
        ("role", "Lead", ""),
        ("", "%(n)s step", "%(n)s steps"),
        ("", "People", ""),
        ("", "Sign in", ""),
    }


def test_a_place_does_not_make_two_messages_of_one():
    assert Message("a", place="x.py").key == Message("a", place="y.py").key


def with_xgettext(root: Path, folder: Path) -> set[tuple[str, str]]:
    """The oracle: the same sources through the program that everybody else uses."""
    copies = []
    for number, path in enumerate(sorted(root.rglob("*"))):
        if path.suffix == ".py" and "migrations" not in path.parts:
            text = path.read_text(encoding="utf-8")
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            text = templatize(path.read_text(encoding="utf-8"))
        else:
            continue
        copies.append(folder / f"{number}.py")
        copies[-1].write_text(text, encoding="utf-8")
    keywords = ["_", "gettext_lazy", "gettext_noop", "ngettext_lazy:1,2", "pgettext:1c,2"]
    keywords += ["pgettext_lazy:1c,2", "npgettext:1c,2,3", "npgettext_lazy:1c,2,3"]
    command = ["xgettext", "--language=Python", "--from-code=UTF-8", "--force-po", "-o", "-"]
    command += [f"--keyword={keyword}" for keyword in keywords]
    made = subprocess.run([*command, *map(str, copies)], capture_output=True, check=True)
    return {(one.msgctxt or "", one.msgid) for one in polib.pofile(made.stdout.decode())}


@pytest.mark.skipif(not shutil.which("xgettext"), reason="xgettext is not installed")
@pytest.mark.parametrize("app", ["web", "accounts", "municipalities", "workflow"])
def test_the_sources_of_this_project_ask_for_what_xgettext_finds(app, tmp_path):
    root = Path(settings.LOCALE_PATHS[0]).parent / app

    assert set(messages_in(root)) == with_xgettext(root, tmp_path)


def test_what_is_translated_so_far_has_no_wrong_placeholder_and_no_stray_latin():
    catalogue = catalogues.read(catalogues.serbian_path(Path(settings.LOCALE_PATHS[0])))
    translated = polib.POFile()
    translated.extend(catalogue.translated_entries())

    assert len(translated) > 0
    assert catalogues.problems(translated, {}) == []
