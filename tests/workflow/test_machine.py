"""Lifecycle, steps, hold and mandates against a plain-Python model, in random order.

The model knows the rules in its own words: a small table of arrows, three steps, who holds a
mandate. After each act the participation must stand exactly where the model stands, and its log
must tell the same.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests import stepping
from tests.conftest import FIRST_DAY, LONG_AGO, make_municipality
from tests.world import PROGRAMME, procedure_text, step
from workflow import services
from workflow.audit.log import COLUMNS, spoken
from workflow.audit.verify import verify
from workflow.errors import MovedMeanwhile, NotAllowed, NotReady, Refused
from workflow.gaps import find_gaps
from workflow.models import Participation, Proposal
from workflow.pages.turns import Desk

ROUTE = ["memorandum", "assessment", "strategy_adopted", "cofinancing", "sustainability"]
FORWARD = {
    "memorandum": "start_assessment",
    "assessment": "adopt_strategy",
    "strategy_adopted": "award_cofinancing",
    "cofinancing": "move_to_sustainability",
    "sustainability": "complete",
}
AFTER = {**dict(zip(ROUTE, ROUTE[1:], strict=False)), "sustainability": "completed"}
STEPS = {
    "memorandum": {"sign": [], "publish": ["sign"]},
    "assessment": {"draft": []},
}
NAMES = [*FORWARD.values(), "withdraw", "discontinue", "hold", "resume"]
KEYS = ["sign", "publish", "draft"]
ROLES = ["programme_manager", "coordinator", "signatory"]


class Machine(RuleBasedStateMachine):
    """The doors on one side, the model's fields on the other."""

    @initialize()
    def begin(self):
        self.people = {role: _person(role) for role in [*ROLES, "second", "system"]}
        self.system = self.people["system"]
        self.system.is_superuser = True
        self.system.save()
        programme = services.load_programme(PROGRAMME)
        stages = {
            stage: [step(key, after=after) for key, after in keys.items()]
            for stage, keys in STEPS.items()
        }
        number = Participation.objects.count() + 1
        text = procedure_text(number=number, route=ROUTE, stages=stages)
        track = services.load_procedure(text).track
        unit = make_municipality(f"u{uuid4().hex[:8]}", "Kikinda", "Кикинда")
        self.places = {"programme_manager": programme, "coordinator": unit, "signatory": unit}
        self.mandated = set()
        for role in ROLES:
            self._give(role)
        _mandate(self.people["second"], "programme_manager", programme, self.system)
        self.participation = services.open_participation(
            track, unit, by=self.people["programme_manager"], decided_on=FIRST_DAY, reason="",
            idempotency_key=uuid4(),
        )  # fmt: skip
        self.stage, self.version, self.held = "memorandum", 0, False
        self.steps = dict.fromkeys(STEPS["memorandum"], "open")
        self.waiving: set[str] = set()
        self.back_proposed = False

    # -- acts ------------------------------------------------------------------------------

    @rule(name=st.sampled_from(NAMES), role=st.sampled_from(ROLES), stale=st.booleans())
    def move(self, name, role, stale):
        version = self.version - 1 if stale else self.version
        expected = self._verdict(name, role, stale)
        if self._agrees(expected, lambda: self._perform(name, role, version)):
            self._moved(name)

    @rule(key=st.sampled_from(KEYS), role=st.sampled_from(ROLES))
    def hand_in(self, key, role):
        if key not in self.steps:
            return
        if not (role == "coordinator" and role in self.mandated):
            expected = NotAllowed
        elif (
            not self._here(key)
            or self.steps[key] not in ("open", "returned")
            or any(not self._settled(first) for first in STEPS[self.stage][key])
        ):
            expected = Refused
        else:
            expected = None
        person = self.people[role]
        if self._agrees(expected, lambda: stepping.hand_in(self._step(key), by=person)):
            self.steps[key] = "submitted"

    @rule(key=st.sampled_from(KEYS), role=st.sampled_from(ROLES), accept=st.booleans())
    def look_at(self, key, role, accept):
        if key not in self.steps:
            return
        may = role == "programme_manager" and role in self.mandated
        if not self._here(key) or self.steps[key] != "submitted":
            expected = Refused
        else:
            expected = None if may else NotAllowed
        door = services.accept_step if accept else services.return_step
        more = {} if accept else {"remarks": ["Mend it."]}
        person = self.people[role]
        if self._agrees(
            expected, lambda: stepping.act_on(door, self._step(key), by=person, **more)
        ):
            self.steps[key] = "accepted" if accept else "returned"
            self.waiving.discard(key)

    @rule(key=st.sampled_from(KEYS))
    def propose_to_waive(self, key):
        if key not in self.steps:
            return
        if "programme_manager" not in self.mandated:
            expected = NotAllowed
        elif self._settled(key) or not self._here(key) or self._waits(key):
            expected = Refused
        else:
            expected = None
        person = self.people["programme_manager"]
        if self._agrees(
            expected,
            lambda: stepping.act_on(
                services.waive_step, self._step(key), by=person, reason="Not needed."
            ),
        ):
            self.waiving.add(key)

    @rule(key=st.sampled_from(KEYS), who=st.sampled_from(["programme_manager", "second"]))
    def approve_waiver(self, key, who):
        proposal = Proposal.objects.filter(
            participation=self.participation, step__key=key, status="waiting"
        ).first()
        if proposal is None:
            return
        fresh = key in self.waiving and proposal.version == self._step(key).version
        if who == "programme_manager" and who not in self.mandated:
            expected = NotAllowed
        elif not fresh:
            expected = (MovedMeanwhile, Refused)
        else:
            expected = Refused if who == "programme_manager" else None
        person = self.people[who]
        if self._agrees(
            expected,
            lambda: services.approve_proposal(proposal, by=person, idempotency_key=uuid4()),
        ):
            self.steps[key] = "waived"
            self.waiving.discard(key)

    @rule(key=st.sampled_from(KEYS))
    def reopen(self, key):
        if key not in self.steps:
            return
        if "programme_manager" not in self.mandated:
            expected = NotAllowed
        else:
            expected = None if self._settled(key) and self._here(key) else Refused
        person = self.people["programme_manager"]
        if self._agrees(
            expected,
            lambda: stepping.act_on(
                services.reopen_step, self._step(key), by=person, reason="Wrong paper."
            ),
        ):
            self.steps[key] = "open"

    @rule()
    def propose_back(self):
        if "programme_manager" not in self.mandated:
            expected = NotAllowed
        elif self.stage not in ROUTE[1:] or self.held:
            expected = NotReady
        else:
            expected = None
        act = lambda: self._perform("step_back", "programme_manager", self.version)  # noqa: E731
        if self._agrees(expected, act):
            self.back_proposed = True

    @precondition(lambda self: self.back_proposed)
    @rule()
    def approve_back(self):
        proposal = Proposal.objects.get(
            participation=self.participation, step=None, status="waiting"
        )
        services.approve_proposal(proposal, by=self.people["second"], idempotency_key=uuid4())
        self.stage = ROUTE[ROUTE.index(self.stage) - 1]
        self.version += 1
        self.back_proposed = False

    @rule(role=st.sampled_from(ROLES))
    def end_mandate(self, role):
        if role in self.mandated:
            mandate = self.people[role].mandates.get(ended_at=None)
            services.end_mandate(mandate, by=self.system)
            self.mandated.discard(role)

    @rule(role=st.sampled_from(ROLES))
    def give_mandate(self, role):
        if role not in self.mandated:
            self._give(role)

    # -- what must hold after each ------------------------------------------------------------

    @invariant()
    def stands_where_the_model_stands(self):
        if not hasattr(self, "participation"):
            return
        row = Participation.objects.get(pk=self.participation.pk)
        assert (row.stage, row.version) == (self.stage, self.version)
        assert (row.on_hold_since is not None) == self.held
        assert dict(row.steps.filter(key__in=KEYS).values_list("key", "status")) == self.steps

    @invariant()
    def the_list_shows_to_whom_something_waits(self):
        """What is kept for the list, against the steps themselves."""
        if not hasattr(self, "participation"):
            return
        row = Participation.objects.filter(pk=self.participation.pk)
        for role in ROLES:
            desk = Desk.of(self.people[role])
            waits = desk.steps().filter(participation__in=row).exists()
            waits |= desk.proposals().filter(participation__in=row).exists()
            waits |= bool(desk.ready_among(list(row)))
            assert row.filter(desk.waiting_participations()).exists() == waits

    @invariant()
    def the_log_tells_it(self):
        if not hasattr(self, "participation"):
            return
        last = self.participation.entries.transitions().order_by("version").last()
        assert (last.version, last.target) == (self.version, self.stage)
        newest = self.participation.entries.order_by("seq").last()
        assert all(newest.told[name] == spoken(getattr(newest, name)) for name in COLUMNS)

    def teardown(self):
        if hasattr(self, "participation"):
            assert not verify(Participation.objects.filter(pk=self.participation.pk)).damages

    # -- the model's own words ----------------------------------------------------------------

    def _verdict(self, name, role, stale):
        if stale:
            return MovedMeanwhile
        may = {"withdraw": ("signatory", "programme_manager")}.get(name, ("programme_manager",))
        if role not in may or role not in self.mandated:
            return NotAllowed
        return None if self._possible(name) else NotReady

    def _possible(self, name):
        if self.stage not in ROUTE:
            return False
        if name in ("withdraw", "discontinue"):
            return True
        if name == "resume":
            return self.held
        if self.held:
            return False
        ready = all(self._settled(key) for key in STEPS.get(self.stage, {}))
        return name == "hold" or (name == FORWARD[self.stage] and ready)

    def _moved(self, name):
        self.version += 1
        self.back_proposed = False
        if name in ("hold", "resume"):
            self.held = name == "hold"
            return
        ends = {"withdraw": "withdrawn", "discontinue": "discontinued"}
        self.stage = ends.get(name) or AFTER[self.stage]
        for key in STEPS.get(self.stage, {}):
            self.steps.setdefault(key, "open")

    def _here(self, key):
        return key in STEPS.get(self.stage, {})

    def _settled(self, key):
        return self.steps[key] in ("accepted", "waived")

    def _waits(self, key):
        version = self._step(key).version
        return Proposal.objects.filter(
            participation=self.participation, step__key=key, status="waiting", version=version
        ).exists()

    # -- hands --------------------------------------------------------------------------------

    def _agrees(self, expected, act) -> bool:
        """The door does what the model expects; True when something happened."""
        if expected is None:
            act()
            return True
        with pytest.raises(expected):
            act()
        return False

    def _perform(self, name, role, version):
        services.perform_transition(
            self.participation, name, by=self.people[role], decided_on=FIRST_DAY,
            reason="For the test.", expected_version=version, idempotency_key=uuid4(),
        )  # fmt: skip

    def _step(self, key):
        return stepping.the_step(self.participation, key)

    def _give(self, role):
        _mandate(self.people[role], role, self.places[role], self.system)
        self.mandated.add(role)


def _person(role):
    return get_user_model().objects.create_user(f"{role}.{uuid4().hex}@example.org", name=role)


def _mandate(user, role, over, by):
    services.give_mandate(user, role, over=over, by=by, starts_on=LONG_AGO)


@pytest.mark.django_db
def test_the_doors_agree_with_the_model():
    examples = getattr(django_settings, "MACHINE_EXAMPLES", 20)
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert not find_gaps().damages
    assert timezone.localdate() - FIRST_DAY > timedelta(0)
