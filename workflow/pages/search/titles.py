"""What the steps of each track are called, folded.

A version of a procedure never changes, so its titles are read once a process and found again by
its digest; only which versions a person may know of is asked each time.
"""

from typing import Any

from django.db.models import Q

from web.script.fold import fold
from workflow.models import Participation, Procedure
from workflow.permissions import Reach

KEPT_AT_MOST = 5_000  # versions
Titles = dict[str, str]  # folded titles in all languages by the key of the step
_known: dict[str, Titles] = {}


def titles_within(seen: Reach) -> dict[int, Titles]:
    """By track, of every version that these places reach. One query, two while some are new."""
    near = Participation.objects.near(seen).values("procedure")
    rows = Procedure.objects.filter(Q(track__programme__in=seen.programmes) | Q(pk__in=near))
    versions = list(rows.order_by("version").values_list("track", "digest"))
    learn({digest for _track, digest in versions} - _known.keys())
    found: dict[int, Titles] = {}
    for track, digest in versions:
        for key, title in _known[digest].items():
            here = found.setdefault(track, {})
            here[key] = here.get(key, "") + title
    return found


def learn(digests: set[str]) -> None:
    if not digests:
        return
    if len(_known) > KEPT_AT_MOST:
        _known.clear()
    rows = Procedure.objects.filter(digest__in=digests).order_by("digest")
    for digest, rules in rows.values_list("digest", "rules").iterator(chunk_size=200):
        _known[digest] = titles_in(rules)


def titles_in(rules: dict[str, Any]) -> Titles:
    return {
        step["key"]: "".join(f" {fold(text)}" for text in step["title"].values())
        for stage in rules["stages"].values()
        for step in stage["steps"]
    }
