"""Make, extend or check the translations. See `web/script/catalogues.py`."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from web.script import bosnian, catalogues
from web.script.sources import messages_in


class Command(BaseCommand):
    help = (
        "Make Serbian Latin and Bosnian from Serbian Cyrillic and compile all catalogues. "
        "--extract adds new texts of the sources first; --check only looks and changes nothing."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--extract", action="store_true", help="add new texts to locale/sr")
        choice.add_argument("--check", action="store_true", help="list what is missing or wrong")

    def handle(self, *, extract, check, **options):
        locale = Path(settings.LOCALE_PATHS[0])
        if check:
            return self.check_all(locale)
        if extract:
            counted = catalogues.extract(locale, messages_in(locale.parent))
            self.stdout.write("{new} new, {kept} kept, {gone} gone.".format(**counted))
        catalogues.write_latin(locale)
        bosnian.write_bosnian(locale)
        for path in catalogues.compile_all(locale):
            self.stdout.write(f"Compiled {path.relative_to(locale.parent)}")

    def check_all(self, locale: Path) -> None:
        messages = messages_in(locale.parent)
        found = catalogues.problems(catalogues.read(catalogues.serbian_path(locale)), messages)
        found += bosnian.problems(locale)
        for problem in found:
            self.stdout.write(problem)
        for sentence in bosnian.unused_sentences(locale):
            self.stdout.write(f"No longer needed in sentences.po: {sentence!r}")
        if found:
            raise CommandError(
                f"{len(found)} problems. Correct Serbian in locale/sr/LC_MESSAGES/django.po and "
                "Bosnian in locale/bs (locale/README.md tells how); for missing texts run "
                "`manage.py catalogues --extract` first."
            )
        self.stdout.write(f"{len(messages)} texts, all translated into Serbian and Bosnian.")
