"""What was typed, word by word: which municipalities, tracks and roles each word could mean.

A word means whatever has a word that begins with it, in any script and language; the groups of
the search then ask for rows that answer every word one way or another.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils import translation

from municipalities.models import Municipality
from municipalities.roles import Role
from web.script.fold import fold
from workflow.models import Participation, Track
from workflow.models.findable import key_of
from workflow.permissions import Reach

SHORTEST, LONGEST = 2, 200  # letters
WORDS_AT_MOST = 6
PLACES_AT_MOST = 20  # municipalities that one word may mean; the first by the alphabet


class MeantTrack(NamedTuple):
    """What the search needs of a track, read without the rest: they may be hundreds."""

    pk: int
    search_key: str
    key: str
    name: str  # as the database has it, read when it is shown
    programme: int
    programme_key: str
    programme_name: str


@dataclass(frozen=True)
class Asked:
    """The words, and by word the municipalities and the tracks it could mean."""

    text: str
    words: list[str]
    municipalities: dict[str, list[Municipality]] = field(default_factory=dict)
    tracks: dict[str, set[int]] = field(default_factory=dict)
    rows_of_tracks: dict[int, MeantTrack] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What may be the beginning of a reference or of the number of an act; "" for none.

        Both have digits, as no word beside them has: "Kikinda 06 – 1 / 2008". Without any digit
        only a single word can begin one.
        """
        typed = fold(self.text).split()
        if not any(map(has_digit, typed)):
            return key_of(typed[0]) if len(self.words) == 1 else ""
        return key_of("".join(word for word in typed if word not in self.beside_the_key))

    @property
    def beside_the_key(self) -> list[str]:
        if not any(map(has_digit, self.words)):
            return []
        return [word for word in self.words if has_letter(word) and not has_digit(word)]

    def everywhere(self) -> list[Municipality]:
        """The municipalities that every word could mean."""
        return self.common(self.words)

    def common(self, words: Iterable[str]) -> list[Municipality]:
        """The municipalities that all of these words could mean."""
        named = [{one.pk: one for one in self.municipalities[word]} for word in words]
        if not named:
            return []
        return [one for pk, one in named[0].items() if all(pk in other for other in named)]

    def place_of(self, word: str) -> Q:
        """Participations whose municipality, track or programme the word could mean."""
        here = Q(municipality__in=[one.pk for one in self.municipalities[word]])
        return here | Q(track__in=self.tracks[word])


def has_digit(word: str) -> bool:
    return any(sign.isdecimal() for sign in word)


def has_letter(word: str) -> bool:
    return any(sign.isalpha() for sign in word)


def words_of(text: str) -> list[str]:
    """Folded, each once, the first few: nobody searches for more."""
    return list(dict.fromkeys(fold(text[:LONGEST]).split()))[:WORDS_AT_MOST]


def asked_for(text: str, seen: Reach) -> Asked:
    """The words with what they could mean to whoever sees these places. Two queries."""
    words = words_of(text)
    if sum(map(len, words)) < SHORTEST:
        return Asked(text, [])
    tracks = tracks_of(words, seen)
    meant = {word: {one.pk for one in tracks if is_called(one, word)} for word in words}
    return Asked(text, words, municipalities_by(words), meant, {one.pk: one for one in tracks})


def municipalities_by(words: list[str]) -> dict[str, list[Municipality]]:
    """The register is small and known to all: what of it may be shown, the groups decide."""
    any_word = Q()
    for word in words:
        any_word |= Q(search_key__contains=word)
    rows = list(Municipality.objects.filter(any_word).select_related("parent").sorted())
    return {
        word: [one for one in rows if begins_a_word(word, one.search_key)][:PLACES_AT_MOST]
        for word in words
    }


def tracks_of(words: list[str], seen: Reach) -> list[MeantTrack]:
    """With their programmes, as the group of tracks shows them: one query for both."""
    any_word = Q()
    for word in words:
        any_word |= Q(search_key__contains=f" {word}")
    near = Participation.objects.near(seen).values("track")
    here = Q(programme__in=seen.programmes) | Q(pk__in=near)
    rows = Track.objects.filter(any_word, here).order_by("programme__is_sample", "programme", "pk")
    names = Cast("name", TextField()), Cast("programme__name", TextField())
    told = rows.values_list(
        "pk", "search_key", "key", names[0], "programme", "programme__key", names[1]
    )
    return [MeantTrack(*row) for row in told]


def is_called(track: MeantTrack, word: str) -> bool:
    return f" {word}" in track.search_key


def begins_a_word(word: str, key: str) -> bool:
    """Also after a hyphen: "Pale-Prača"."""
    return f" {word}" in f" {key.replace('-', ' ')}" or key.startswith(word)


def roles_meant(word: str) -> list[str]:
    """Roles that are called so in any language: "koord", "koordinatorka", "coordinator"."""
    return [
        role
        for role, names in role_names().items()
        if any(name.startswith(word) or (len(name) > 5 and word.startswith(name)) for name in names)
    ]


@cache
def role_names() -> dict[str, set[str]]:
    """The folded words by which each role goes, in every language of the pages."""
    names: dict[str, set[str]] = {role.value: set() for role in Role}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for role in Role:
                names[role.value] |= set(fold(str(role.label)).split())
    return names


def text_of(asked: Any) -> str:
    return str(asked).strip()[:LONGEST].replace("\x00", "")
