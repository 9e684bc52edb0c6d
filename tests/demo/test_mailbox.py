"""The mail of the demo: kept, never sent, and shown as its recipients would see it."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from django.conf import settings as project
from django.core.mail import EmailMultiAlternatives, get_connection

from config.demo import mailbox, travel
from tests.clock import set_to
from tests.demo.as_the_demo import as_the_demo
from tests.processes import environment

SUBJECT = "[Кикинда] Рок за 7 дана: Јавни увид"
HTML = '<html lang="sr-Cyrl"><p>Текст <b>поруке</b></p></html>'


@pytest.fixture
def demo(tmp_path):
    with as_the_demo(tmp_path):
        yield


def send(to: str = "koordinator.kikinda@example.org") -> None:
    mail = EmailMultiAlternatives(SUBJECT, "Текст поруке.", None, [to], connection=get_connection())
    mail.attach_alternative(HTML, "text/html")
    mail.send()


@pytest.mark.django_db
def test_everything_is_listed_the_newest_first_and_by_person(demo, client):
    send()
    send("mentor@example.org")

    page = client.get("/demo/mail/").content.decode()
    people = ["mentor@example.org<br>", "koordinator.kikinda@example.org<br>"]
    assert page.index(people[0]) < page.index(people[1])
    assert SUBJECT in page
    alone = client.get("/demo/mail/?to=mentor@example.org").content.decode()
    assert "koordinator.kikinda@example.org<br>" not in alone
    assert "mentor@example.org<br>" in client.get("/demo/mail/?to=nobody").content.decode()


@pytest.mark.django_db
def test_a_mail_bears_the_day_of_the_demo_and_its_own_language(demo, client):
    with set_to(2031, 5, 4, hour=8):
        send()
    page = client.get("/demo/mail/", headers={"accept-language": "en"}).content.decode()

    assert "4 May 2031 at 10:00" in page
    assert f'<span lang="sr-Cyrl">{SUBJECT}' in page


@pytest.mark.django_db
def test_a_mail_is_shown_as_text_and_as_a_mail_program_shows_it(demo, client):
    send()
    [name] = [path.stem for path in mailbox.Path(project.DEMO_MAILBOX).glob("*.eml")]

    assert "Текст поруке." in client.get(f"/demo/mail/{name}/").content.decode()
    answer = client.get(f"/demo/mail/{name}/html/")
    assert "<b>поруке</b>" in answer.content.decode()
    assert "script-src" not in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["00000000000000000001", "..%2F..%2Fetc", "x"])
def test_a_mail_that_is_not_there_is_not_found(demo, client, name):
    assert client.get(f"/demo/mail/{name}/").status_code == 404


@pytest.mark.django_db
def test_outside_the_demo_there_is_no_such_page(client, auditor):
    client.force_login(auditor)
    assert client.get("/demo/mail/").status_code == 404


def test_another_day_counts_for_today_from_the_first_model_on():
    day = date.today() + timedelta(days=40)
    show = (
        "import django; django.setup();"
        "from django.utils import timezone; from notifications.models import Notice;"
        "print(timezone.localdate(), Notice().made_at.date())"
    )
    said = subprocess.run(
        [sys.executable, "-c", show], cwd=project.BASE_DIR, capture_output=True, text=True,
        env=environment(DEMO="1", DEMO_ON=day.isoformat()), check=True,
    )  # fmt: skip

    assert said.stdout.split() == [day.isoformat(), day.isoformat()]


def test_nobody_travels_back():
    with pytest.raises(ValueError, match="the past"):
        travel.ahead_of(date.today() - timedelta(days=2))
