"""Pages as a person reads and sends them."""

import re
from html import unescape

HIDDEN = re.compile(r'name="(expected(?:_version)?|idempotency_key)" value="([^"]*)"')


def text(response) -> str:
    """The words of a page, without its tags."""
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(unescape(words).split())


def title(response) -> str:
    return unescape(re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL)[1])


def hidden(response) -> dict[str, str]:
    """The version and the key that the page's form carries."""
    return dict(HIDDEN.findall(response.content.decode()))


def buttons(response) -> list[str]:
    """The words on every button of the page's own content."""
    page = response.content.decode().split("<main", 1)[1]
    return [
        " ".join(unescape(re.sub(r"<[^>]+>", " ", words)).split())
        for words in re.findall(r'class="btn[^"]*"[^>]*>(.*?)</(?:a|button)>', page, re.DOTALL)
    ]


def read(client, user, url):
    client.force_login(user)
    return client.get(url)


def send(client, user, page_url, fields=None, *, to=""):
    """Open the page, fill in its form, send it; the answer."""
    page = read(client, user, page_url)
    return client.post(to or page_url, hidden(page) | (fields or {}))
