from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """The shell that every page shares: layout, style, languages, forms, error pages."""

    name = "web"
    verbose_name = _("Shell")
