"""The search: one field over everything that a person may see."""

from workflow.pages.search.page import Search, search

__all__ = ["Search", "search"]
