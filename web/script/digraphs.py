"""Where the Latin pairs nj, lj, dž are two letters: инјекција, not ињекција.

Everywhere else the pair is one letter. Whoever meets a new such word adds its stem here.
"""

import re

# Found anywhere in a word: mikroinjekcija, rekonjugacija, najnadživljeniji.
_STEMS = (
    "injekc injekt injunk konjunk konjug konjekt nadživ vanjezi tanjug "
    "podžanr podželud podžup nadžup netanjah"
)
# Only where a word begins: "anjon" is an ion, yet kanjon has a true њ; "odžal-", yet Hodžalić.
_BEGINNINGS = (
    "anjon injic injur vanjadr odžal odživ odžvak odžvać podžbun podžeg podžeć "
    "predžetv predživ nadžanj nadžet nadžnj"
)
_WORD = re.compile(
    f"({'|'.join(_STEMS.split())})|(?<![^\\W\\d_])(?:ne|naj)?({'|'.join(_BEGINNINGS.split())})",
    re.IGNORECASE,
)
_PAIR = re.compile("nj|lj|dž", re.IGNORECASE)


def separate_pairs(text: str) -> set[int]:
    """The positions in Latin text where nj, lj or dž begins and stays two letters."""
    separate = set()
    for found in _WORD.finditer(text):
        group = 1 if found[1] else 2
        separate.add(next(_PAIR.finditer(text, found.start(group))).start())
    return separate
