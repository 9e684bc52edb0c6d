from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowConfig(AppConfig):
    """The lifecycle, its procedures, participations, steps, readiness and rights."""

    name = "workflow"
    verbose_name = _("Workflow")

    def ready(self) -> None:
        from accounts.second_factor import register_demand
        from workflow import checks  # noqa: F401  (registers them)
        from workflow.forms.kinds import register_kinds
        from workflow.pages.bodies import register_panel
        from workflow.pages.nav import register_navigation
        from workflow.permissions import decides

        register_kinds()
        register_navigation()
        register_panel()
        register_demand(decides)
