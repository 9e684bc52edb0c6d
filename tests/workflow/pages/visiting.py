"""Pages as somebody signed in visits them: the words read, the queries spent."""

import html
import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def words(response) -> str:
    """What a person reads on the page, in one line."""
    page = response.content.decode()
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def queries_of(client: Client, url: str) -> int:
    """How many queries the page costs once everything that is kept is warm."""
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)
