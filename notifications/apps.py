from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """Reminders of deadlines, and everything else that people are told."""

    name = "notifications"
    verbose_name = _("Notices")

    def ready(self) -> None:
        from django.db.models.signals import post_save

        from notifications.pages.following import panel as own_panel
        from notifications.pages.inbox import register_entry
        from notifications.pages.told import panel as told_panel
        from notifications.services.planning import plan_call, plan_for
        from notifications.verbs import register_words
        from workflow import panels
        from workflow.audit.signals import entry_recorded
        from workflow.models import Deadline
        from workflow.pages.programmes import register_link
        from workflow.pages.shortcuts import register_shortcut

        entry_recorded.connect(plan_for, dispatch_uid="plan of reminders")
        post_save.connect(plan_call, sender=Deadline, dispatch_uid="plan of a call")
        register_words()
        register_entry()
        register_link("view_deliveries", _("Messages"), "notifications:programme_deliveries")
        register_shortcut("view_due", _("Deadlines by day"), "notifications:due")
        register_shortcut("view_deliveries", _("Messages"), "notifications:deliveries")
        panels.register(panels.Panel("told", "notifications/_told_panel.html", told_panel))
        panels.register(panels.Panel("notices", "notifications/_panel.html", own_panel))
