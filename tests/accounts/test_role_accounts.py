"""The accounts of the demo are roles: their names are content. A person's name is never altered."""

import pytest
from django.utils import translation

from accounts.models import User


def shown(user: User) -> list[str]:
    names = []
    for language in ("sr", "sr-latn", "en"):
        with translation.override(language):
            names.append(str(user))
    return names


def test_a_role_account_of_the_demo_is_named_in_the_script_of_the_reader(settings):
    settings.DEMO = True
    role = User(email="koordinator.kikinda@example.org", name="Координатор, Кикинда")

    assert shown(role) == ["Координатор, Кикинда", "Koordinator, Kikinda", "Koordinator, Kikinda"]
    assert str(User(email="koordinator@example.org")) == "koordinator@example.org"


@pytest.mark.parametrize(
    ("demo", "email"), [(True, "coordinator@kikinda.rs"), (False, "coordinator@example.org")]
)
def test_a_persons_name_stays_as_it_was_typed(settings, demo, email):
    settings.DEMO = demo

    assert shown(User(email=email, name="Координатор")) == ["Координатор"] * 3
