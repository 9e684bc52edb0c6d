from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """The log: what happened, who did it, in which role, why, and that nobody changed it since."""

    name = "workflow.audit"
    label = "audit"
    verbose_name = _("Log")

    def ready(self) -> None:
        from workflow.audit.install import install_triggers

        post_migrate.connect(install_triggers, dispatch_uid="log triggers")
