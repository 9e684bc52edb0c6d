"""A small programme and procedures made to measure, as files, loaded through the doors."""

from typing import Any

import yaml

ROUTE = [
    "application", "memorandum", "assessment",
    "strategy_adopted", "cofinancing", "sustainability",
]  # fmt: skip

PROGRAMME = yaml.safe_dump(
    {
        "key": "test_programme",
        "name": {"sr": "Проба", "en": "Trial"},
        "country": "RS",
        "languages": ["sr"],
        "period": {"stated": "2026-2028", "from": "2026", "until": "2028"},
        "source": "made for the tests",
    },
    allow_unicode=True,
)


class WrittenOut(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):
    """Says again what two steps have in common, as people write it."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def procedure_text(
    *,
    number: int = 1,
    route: list[str] = ROUTE,
    places: int | None = 24,
    stages: dict[str, list[dict[str, Any]]] | None = None,
    joint: bool = True,
    **rules: Any,
) -> str:
    """The text of a procedure file. `stages` gives the steps; the others owe nothing."""
    steps = stages or {}
    content = {
        "key": f"test_{number}",
        "programme": "test_programme",
        "country": "RS",
        "track": {
            "key": f"test_{number}",
            "name": {"sr": "Компонента", "en": "Track"},
            "code": f"T{number}",
            "places": places,
        },
        "route": route,
        "joint_applications": joint,
        "stages": {
            stage: {"steps": steps.get(stage, [step(f"talk_in_{stage}", required=False)])}
            for stage in route
        },
    }
    return yaml.dump(content | rules, Dumper=WrittenOut, allow_unicode=True, sort_keys=False)


def step(key: str = "inspection", **rule: Any) -> dict[str, Any]:
    """A step of a procedure, with what tests rarely care about filled in."""
    usual = {
        "key": key,
        "title": {"sr": "Јавни увид", "en": key.replace("_", " ").capitalize()},
        "role": "coordinator",
        "evidence": "record",
        "accepted_by": "programme_manager",
    }
    return usual | rule
