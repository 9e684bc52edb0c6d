"""The search: one field over everything that a person may see."""

from workflow.pages.search.groups import register_group
from workflow.pages.search.page import Search, search

__all__ = ["Search", "register_group", "search"]
