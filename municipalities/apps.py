from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MunicipalitiesConfig(AppConfig):
    """The register, the bodies and the mandates."""

    name = "municipalities"
    verbose_name = _("Municipalities")
