"""People in the administration: whoever is no superuser cannot make one, or become one."""

import pytest
from django.contrib.auth.models import Permission

from accounts.models import User

PEOPLE = "/admin/accounts/user/"


@pytest.fixture
def administrator(db):
    """Staff with the rights on people, but no superuser."""
    user = User.objects.create_user("administrator@example.org", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__model="user"))
    return user


@pytest.fixture
def superuser(db):
    return User.objects.create_superuser("superuser@example.org", "x")


def facts(user, **more):
    return {"email": user.email, "name": user.name, "phone": "", "language": ""} | more


def test_an_administrator_cannot_make_a_superuser(client, administrator, coordinator):
    client.force_login(administrator)

    page = client.get(f"{PEOPLE}{coordinator.pk}/change/").content.decode()
    wanted = facts(coordinator, name="Changed", is_active="on", is_superuser="on", is_staff="on")
    client.post(f"{PEOPLE}{coordinator.pk}/change/", wanted)

    coordinator.refresh_from_db()
    assert "is_superuser" not in page
    assert coordinator.name == "Changed"
    assert not coordinator.is_superuser
    assert not coordinator.is_staff


@pytest.mark.parametrize("page", ["change", "password"])
def test_an_administrator_does_not_touch_a_superuser(client, administrator, superuser, page):
    client.force_login(administrator)

    sent = facts(superuser, password1="another long one", password2="another long one")
    response = client.post(f"{PEOPLE}{superuser.pk}/{page}/", sent)

    assert response.status_code == 403
    superuser.refresh_from_db()
    assert superuser.check_password("x")


def test_an_administrator_adds_a_person_without_a_password(client, administrator):
    client.force_login(administrator)

    response = client.post(
        f"{PEOPLE}add/",
        {"email": "Mentor@Example.org", "name": "Mentor", "usable_password": "false"},
    )

    mentor = User.objects.get(name="Mentor")
    assert response.status_code == 302
    assert mentor.email == "mentor@example.org"
    assert not mentor.has_usable_password()
    assert not mentor.is_staff


def test_nobody_is_deleted(client, superuser, coordinator):
    client.force_login(superuser)

    response = client.post(f"{PEOPLE}{coordinator.pk}/delete/", {"post": "yes"})

    assert response.status_code == 403
    assert User.objects.filter(pk=coordinator.pk).exists()


def test_a_coordinator_does_not_get_in(client, coordinator):
    client.force_login(coordinator)

    assert client.get(PEOPLE).status_code == 302
