"""Draw the shipped templates of papers anew, after their words or their layout changed."""

from django.core.management.base import BaseCommand

from documents.papers.catalogue import LANGUAGES, TEMPLATES


class Command(BaseCommand):
    help = "Draw the shipped DOCX templates anew, in every language, from layout and catalogues."
    requires_system_checks: list[str] = []

    def handle(self, **options):
        from documents.papers.layouts import LAYOUTS, drawn

        for language in LANGUAGES:
            folder = TEMPLATES / language
            folder.mkdir(parents=True, exist_ok=True)
            for key in LAYOUTS:
                (folder / f"{key}.docx").write_bytes(drawn(key, language))
            self.stdout.write(f"{language}: {', '.join(LAYOUTS)}")
