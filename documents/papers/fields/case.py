"""Programme, municipality, people and stages of a participation as text."""

from typing import Any

from django.utils.translation import gettext as _

from municipalities.models import Mandate
from municipalities.roles import Role
from web.script.content import in_script, localized
from web.script.dates import long_date
from web.script.numbers import money
from workflow.glance import next_owed
from workflow.models import Participation, Partner
from workflow.pages.programmes import partner_in_words, period_of
from workflow.pages.rail import rail
from workflow.pages.wording import role_name
from workflow.permissions import readers_of
from workflow.stages import Stage

CARRIES_OUT = [
    Partner.Role.IMPLEMENTER, Partner.Role.CONTRACTING_AUTHORITY, Partner.Role.GRANT_HOLDER,
]  # fmt: skip
NAMED = {
    "signatory": Role.SIGNATORY,
    "coordinator": Role.COORDINATOR,
    "mentor": Role.MENTOR,
    "manager": Role.PROGRAMME_MANAGER,
}


def case_of(participation: Participation) -> dict[str, Any]:
    programme, unit = participation.programme, participation.municipality
    partners = list(programme.partners.all())
    donors = [one for one in partners if one.role == Partner.Role.DONOR]
    carriers = [str(one) for one in partners if one.role in CARRIES_OUT]
    return {
        "reference": participation.reference,
        "programme": str(programme),
        "track": str(participation.track),
        "procedure": procedure_in_words(participation, str(participation.procedure)),
        "period": period_of(programme),
        "amount": localized(programme.amount_stated),
        "objective": localized(programme.objective),
        "implementers": "; ".join(carriers),
        "donors_stated": "; ".join(map(partner_in_words, donors)),
        "donors": [{"name": str(one), "amount": amount_stated(one)} for one in donors],
        "municipality": unit.full_name,
        "municipality_kind": str(unit.get_kind_display()),
        "area": unit.area,
        "country": str(unit.get_country_display()),
    }


def procedure_in_words(participation: Participation, key: str) -> str:
    """ "sws_2007_planning/2": a procedure is called like its track, and has a version."""
    told = {"track": participation.track, "number": key.rpartition("/")[2]}
    return _("%(track)s, version %(number)s") % told


def amount_stated(partner: Partner) -> str:
    if partner.amount is None:
        return ""
    amount = money(partner.amount, partner.currency)
    return _("about %s") % amount if partner.about else amount


def people_of(participation: Participation) -> dict[str, str]:
    """Who holds the roles now, with the functions held; empty where a seat is vacant. One query."""
    held: dict[str, list[Mandate]] = {name: [] for name in NAMED}
    for mandate in readers_of(participation):
        for name, role in NAMED.items():
            if mandate.role == role:
                held[name].append(mandate)
    told = {}
    for name, mandates in held.items():
        told[name] = "; ".join(dict.fromkeys(str(one.user) for one in mandates))
        functions = dict.fromkeys(in_script(one.function) for one in mandates if one.function)
        told[f"{name}_function"] = "; ".join(functions)
    return told


def stages_of(participation: Participation) -> dict[str, Any]:
    route = participation.route
    places = {"done": _("done"), "present": _("present stage"), "coming": _("ahead")}
    stages = [
        {
            "title": one.label,
            "since": long_date(one.since),
            "place": places.get(one.place, _("not reached")),
        }
        for one in rail(participation)
    ]
    number = route.index(participation.stage) + 1 if participation.stage in route else None
    return {
        "stage": participation.get_stage_display(),
        "stage_number": str(number or ""),
        "stage_count": str(len(route)),
        "stage_since": stages[number - 1]["since"] if number else "",
        "on_hold_since": long_date(participation.on_hold_since),
        "turn": turn_of(participation),
        "route": " → ".join(str(Stage(stage).label) for stage in route),
        "stages": stages,
    }


def turn_of(participation: Participation) -> str:
    """The role whose move is next; the manager's where everything is settled or on hold."""
    if not participation.is_open:
        return ""
    step = None if participation.on_hold_since else next_owed(participation)
    return role_name(step.turn if step else Role.PROGRAMME_MANAGER)
