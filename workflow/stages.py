"""Where a participation can stand. The six stages in their order, and the four ends."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    APPLICATION = "application", _("Application")
    MEMORANDUM = "memorandum", _("Memorandum")
    ASSESSMENT = "assessment", _("Assessment")
    STRATEGY_ADOPTED = "strategy_adopted", _("Strategy adopted")
    COFINANCING = "cofinancing", _("Co-financing")
    SUSTAINABILITY = "sustainability", _("Sustainability")
    COMPLETED = "completed", _("Completed")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DISCONTINUED = "discontinued", _("Discontinued")


CLOSED = [Stage.COMPLETED, Stage.REJECTED, Stage.WITHDRAWN, Stage.DISCONTINUED]
OPEN = [stage for stage in Stage if stage not in CLOSED]
HOLDING_NO_PLACE = [Stage.APPLICATION, Stage.REJECTED, Stage.WITHDRAWN]
