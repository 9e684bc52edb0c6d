"""PDF: whole, unlocked, without anything that acts when it is opened.

Refused are scripts, dynamic forms that are made of scripts (XFA), rich media and the starting
of programs. Signatures and their later additions stay. Attached files are taken if they are
plain tables or texts (XML, CSV, JSON, TXT), as an archival PDF/A-3 carries the figures behind
it; everything else is to be sent as a file of its own, where its own rules apply.
"""

import re

from documents.intake import pdf_streams
from documents.intake.foreign import Content, demand_no_page
from documents.intake.pdf_names import SPACE, Body, names_in
from documents.intake.verdict import Limits, Unfit

VERSION = re.compile(rb"%PDF-[12]\.\d")
ANOTHER = re.compile(rb"[\r\n]%PDF-[12]\.\d")
LAST_LINES = re.compile(rb"startxref[\x00\s]+(\d{1,12})[\x00\s]+%%EOF\Z")
TABLE = re.compile(rb"[\x00\s]*(xref|\d{1,10}[\x00\s]+\d{1,5}[\x00\s]+obj)")
ENDING = 4096
BEGINNING = 1024
ACTING = {"JavaScript", "JS", "RichMedia", "XFA"}
STARTING = {"Launch", "ImportData"}


def demand_pdf(content: Content, limits: Limits) -> None:
    """Every rule for a PDF."""
    if not VERSION.match(content):
        raise Unfit("damaged")
    if ANOTHER.search(content):
        raise Unfit("two_kinds")
    demand_no_page(content[:BEGINNING])
    demand_whole(content)
    raw = Body.of_file(content, limits)
    bodies = [raw, *pdf_streams.inner_bodies(raw, limits)]
    names = {name for body in bodies for name in names_in(body)}
    demand_quiet({name.lstrip("#") for name in names})
    if not {"Root", "Pages"} <= names:
        raise Unfit("cut_off")
    if "#EF" in names:
        raise Unfit("attachment")
    if names & {"EF", "EmbeddedFile", "#EmbeddedFile"}:
        pdf_streams.demand_plain_attachments(raw, bodies)


def demand_whole(content: Content) -> None:
    """Its last lines are there and lead to its table of contents."""
    tail = content[-ENDING:].rstrip(SPACE)
    found = LAST_LINES.search(tail)
    if not found:
        raise Unfit("more_behind" if b"%%EOF" in tail else "cut_off")
    place = int(found[1])
    if place >= len(content) or not TABLE.match(content[place : place + 64]):
        raise Unfit("cut_off")


def demand_quiet(names: set[str]) -> None:
    """Nothing in it acts, and nothing is locked."""
    if "Encrypt" in names:
        raise Unfit("locked")
    if names & ACTING:
        raise Unfit("scripts")
    if names & STARTING:
        raise Unfit("starts_programs")
