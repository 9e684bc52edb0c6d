"""The life of a participation. Read top to bottom; no programming needed.

Every transition says from where, to where, who may (`permission`), what must be true first
(`conditions`), and in `custom` its name, the sentence that explains it, whether a reason is
owed and whether there is a way back. A body sets fields of the participation and nothing else;
rights, locking, the log and the saving are the work of `services.perform_transition`.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import GET_STATE

from workflow.fields import StageField, transition
from workflow.guards import (
    a_place_is_left,
    a_stage_lies_before,
    clock_runs,
    clock_stands,
    every_member_consents,
    every_step_is_settled,
    route_is_finished,
    target_is_next_on_route,
)
from workflow.permissions import whoever_may
from workflow.stages import OPEN, Stage


def told(label: Any, sentence: Any, *, reason: bool = False, final: bool = False) -> dict[str, Any]:
    """The words of a transition; `reason`: one is owed; `final`: there is no way back."""
    return {"label": label, "sentence": sentence, "reason": reason, "final": final}


class Lifecycle(models.Model):
    """The stage of a participation and every way it can change."""

    stage = StageField(
        _("stage"), default=Stage.APPLICATION, choices=Stage, protected=True, editable=False
    )
    entered_on = models.DateField(editable=False)  # when it was decided to enter the stage
    decided_on = models.DateField(editable=False)  # the date of the last decision
    on_hold_since = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        self.__dict__["_reading"] = True
        try:
            super().refresh_from_db(*args, **kwargs)
        finally:
            del self.__dict__["_reading"]

    @transition(
        stage,
        source=Stage.APPLICATION,
        target=Stage.MEMORANDUM,
        permission=whoever_may("select"),
        conditions=[
            clock_runs,
            target_is_next_on_route(Stage.MEMORANDUM),
            every_member_consents,
            every_step_is_settled,
            a_place_is_left,
        ],
        custom=told(_("Select"), _("The municipality is chosen and signs the memorandum next.")),
    )
    def select(self) -> None: ...

    @transition(
        stage,
        source=Stage.APPLICATION,
        target=Stage.REJECTED,
        permission=whoever_may("reject"),
        conditions=[clock_runs],
        custom=told(_("Reject"), _("The application is not chosen."), reason=True, final=True),
    )
    def reject(self) -> None: ...

    @transition(
        stage,
        source=[Stage.APPLICATION, Stage.MEMORANDUM],
        target=Stage.ASSESSMENT,
        permission=whoever_may("start_assessment"),
        conditions=[
            clock_runs,
            target_is_next_on_route(Stage.ASSESSMENT),
            every_member_consents,
            every_step_is_settled,
            a_place_is_left,
        ],
        custom=told(
            _("Start the assessment"), _("Work on the ground begins with the initial assessment.")
        ),
    )
    def start_assessment(self) -> None: ...

    @transition(
        stage,
        source=Stage.ASSESSMENT,
        target=Stage.STRATEGY_ADOPTED,
        permission=whoever_may("adopt_strategy"),
        conditions=[
            clock_runs,
            target_is_next_on_route(Stage.STRATEGY_ADOPTED),
            every_step_is_settled,
        ],
        custom=told(
            _("Record the adopted strategy"),
            _("The strategy is adopted; the act of adoption is on file."),
        ),
    )
    def adopt_strategy(self) -> None: ...

    @transition(
        stage,
        source=[Stage.APPLICATION, Stage.MEMORANDUM, Stage.ASSESSMENT, Stage.STRATEGY_ADOPTED],
        target=Stage.COFINANCING,
        permission=whoever_may("award_cofinancing"),
        conditions=[
            clock_runs,
            target_is_next_on_route(Stage.COFINANCING),
            every_member_consents,
            every_step_is_settled,
            a_place_is_left,
        ],
        custom=told(
            _("Award co-financing"), _("Services of the municipality receive co-financing.")
        ),
    )
    def award_cofinancing(self) -> None: ...

    @transition(
        stage,
        source=[Stage.STRATEGY_ADOPTED, Stage.COFINANCING],
        target=Stage.SUSTAINABILITY,
        permission=whoever_may("move_to_sustainability"),
        conditions=[
            clock_runs,
            target_is_next_on_route(Stage.SUSTAINABILITY),
            every_step_is_settled,
        ],
        custom=told(
            _("Move to sustainability"), _("What was built is carried on without the programme.")
        ),
    )
    def move_to_sustainability(self) -> None: ...

    @transition(
        stage,
        source=[Stage.STRATEGY_ADOPTED, Stage.COFINANCING, Stage.SUSTAINABILITY],
        target=Stage.COMPLETED,
        permission=whoever_may("complete"),
        conditions=[clock_runs, route_is_finished, every_step_is_settled],
        custom=told(_("Complete"), _("Everything owed is done."), final=True),
    )
    def complete(self) -> None: ...

    @transition(
        stage,
        source=OPEN,
        target=Stage.WITHDRAWN,
        permission=whoever_may("withdraw"),
        custom=told(
            _("Withdraw"), _("The municipality leaves the programme."), reason=True, final=True
        ),
    )
    def withdraw(self) -> None: ...

    @transition(
        stage,
        source=OPEN,
        target=Stage.DISCONTINUED,
        permission=whoever_may("discontinue"),
        custom=told(
            _("Discontinue"), _("The programme ends its support."), reason=True, final=True
        ),
    )
    def discontinue(self) -> None: ...

    @transition(
        stage,
        source=OPEN,
        target=None,
        permission=whoever_may("hold"),
        conditions=[clock_runs],
        custom=told(
            _("Put on hold"), _("The clock stops; deadlines shift when it runs again."), reason=True
        ),
    )
    def hold(self) -> None:
        self.on_hold_since = self.decided_on

    @transition(
        stage,
        source=OPEN,
        target=None,
        permission=whoever_may("resume"),
        conditions=[clock_stands],
        custom=told(_("Resume"), _("The clock runs again; deadlines move by the days held.")),
    )
    def resume(self) -> None:
        self.on_hold_since = None

    @transition(
        stage,
        source=OPEN[1:],
        target=GET_STATE(lambda participation: participation.previous_on_route, states=OPEN),
        permission=whoever_may("step_back"),
        conditions=[clock_runs, a_stage_lies_before],
        custom=told(
            _("Step back"), _("Back to the previous stage, with a second person."), reason=True
        ),
    )
    def step_back(self) -> None: ...
