"""What the steps of each track are called, folded.

A version of a procedure never changes, so its titles are read once a process and found again by
its digest; only which versions a person may know of is asked each time.
"""

from collections import defaultdict
from typing import Any

from django.db.models import Q

from web.script.fold import fold
from workflow.models import Participation, Procedure
from workflow.permissions import Reach

KEPT_AT_MOST = 5_000  # versions
Titles = dict[str, str]  # folded titles in all languages by the key of the step
Tracks = set[int]
_known: dict[str, Titles] = {}


def titles_within(seen: Reach) -> list[tuple[Titles, Tracks]]:
    """Of every version that these places reach, with the tracks that have it.

    Each text once, however many tracks share it. One query, two while some are new.
    """
    near = Participation.objects.near(seen).values("procedure")
    rows = Procedure.objects.filter(Q(track__programme__in=seen.programmes) | Q(pk__in=near))
    tracks: dict[str, Tracks] = defaultdict(set)
    for track, digest in rows.order_by().values_list("track", "digest"):
        tracks[digest].add(track)
    learn(tracks.keys() - _known.keys())
    return [(_known[digest], here) for digest, here in tracks.items()]


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
