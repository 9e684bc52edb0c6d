from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Papers: their versions, intake, reviews, and the papers that Koraci writes itself."""

    name = "documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        from documents.papers import checks  # noqa: F401  (registers them)
