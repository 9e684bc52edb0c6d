"""Leafing through a list whose filters stand in the address."""

from typing import Protocol

from django.core.paginator import Page


class Addressed(Protocol):
    """Filters that can say their address with something changed."""

    def address(self, **changed: object) -> str: ...


class Paged:
    """The addresses of the pages beside the present one; "" where there is none."""

    filters: Addressed
    page: Page

    @property
    def newer(self) -> str:
        if not self.page.has_previous():
            return ""
        return self.filters.address(page=self.page.previous_page_number())

    @property
    def older(self) -> str:
        if not self.page.has_next():
            return ""
        return self.filters.address(page=self.page.next_page_number())
