"""HTML as a browser finds it, for tests that look at elements and not at text alone."""

from html.parser import HTMLParser


class Elements(HTMLParser):
    """Elements with their attributes, in order, and the texts between them, spaces closed up."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.texts.append(" ".join(data.split()))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]

    def links_to(self, url: str) -> int:
        return sum(link["href"] == url for link in self.of("a"))
