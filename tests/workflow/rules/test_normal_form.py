"""What a right file becomes: every key there, every default filled in."""

from tests.workflow.rules.files import RIGHT, procedure


def test_a_step_is_complete():
    normal, __ = procedure(RIGHT)

    assert normal["stages"]["memorandum"]["steps"] == [
        {
            "key": "signed",
            "title": {"sr": "Меморандум", "en": "Memorandum"},
            "hint": {},
            "role": "signatory",
            "evidence": "record",
            "demands": {"paper": {}},
            "after": [],
            "required": True,
            "when": {},
            "accepted_by": "",
            "second_person": False,
            "deadline": {"rule": "relative", "to": "stage", "days": 30},
            "reminders": [14, 7, 3, 1, 0],
            "legal_basis": {},
            "to_be_confirmed": {},
        }
    ]


def test_a_call_is_complete():
    normal, __ = procedure(RIGHT)

    assert normal["call"] == {
        "reference": "17/1",
        "published_on": "2024-01-15",
        "opens_on": "2024-01-19",
        "deadline": {"rule": "fixed", "on": "2024-03-04", "at": "24:00"},
        "questions_until": {"days_before": 21},
        "answers_until": {"days_before": 11},
        "languages": [],
        "to_be_confirmed": {},
    }


def test_the_procedure_around_them_is_complete():
    normal, __ = procedure(RIGHT)

    assert set(normal) == {
        "key", "programme", "country", "track", "route", "second_person", "joint_applications",
        "members_at_least", "eligibility", "call", "stages", "to_be_confirmed",
    }  # fmt: skip
    assert normal["members_at_least"] == 2
    assert normal["to_be_confirmed"] == []
    assert normal["track"]["places_are"] == "exactly"
    assert normal["eligibility"][0]["legal_basis"] == {}
    assert normal["stages"]["memorandum"]["limit_days"] is None


def test_an_act_names_its_body_and_a_recurring_rule_its_periods():
    normal, __ = procedure(RIGHT)
    founded, __session, rated = normal["stages"]["assessment"]["steps"]

    body = {"sr": "Председник", "en": "Mayor"}
    assert founded["demands"] == {"body": body, "gazette": True}
    assert rated["deadline"] == {
        "rule": "recurring", "every": "quarter", "times": 4, "periods": "calendar", "days": 60,
    }  # fmt: skip


def test_steps_share_no_default():
    normal, __ = procedure(RIGHT)
    signed, founded = (
        normal["stages"][stage]["steps"][0] for stage in ("memorandum", "assessment")
    )

    signed["reminders"].append(99)
    signed["hint"]["sr"] = "Савет"

    assert founded["reminders"] == [14, 7, 3, 1, 0]
    assert founded["hint"] == {}
