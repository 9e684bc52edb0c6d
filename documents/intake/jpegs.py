"""JPEG: marker by marker to the end of the picture.

Telephones put a second picture or a note of their own behind the first; whole pictures and a
short note are taken there, anything else is not.
"""

import re

from documents.intake.foreign import Content, demand_no_page, demand_no_stranger
from documents.intake.kinds import JPEG
from documents.intake.verdict import Limits, Unfit

FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
ALONE = {0x01, *range(0xD0, 0xD8)}
START, END, SCAN = 0xD8, 0xD9, 0xDA
TOLD = {*range(0xE0, 0xF0), 0xFE}  # where cameras and people write
# In the picture itself a byte FF is followed by one of these; another one ends it.
NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
FILLING = re.compile(rb"\xff*")
ZEROS = re.compile(rb"\x00*")
MOST_SEGMENTS = 10_000
MOST_PICTURES = 8
END_OF_NOTE = b"SEFT"
LONGEST_NOTE = 1024
LONGEST_REST = 4


def demand_jpeg(content: Content, limits: Limits) -> None:
    """One or a few whole pictures of a size that can be shown, and next to nothing behind."""
    position = 0
    for _ in range(MOST_PICTURES):
        position = past(ZEROS, content, end_of_picture(content, position, limits))
        if content[position : position + 3] != JPEG:
            break
    demand_short_note(content[position:])


def past(run: re.Pattern[bytes], content: Content, position: int) -> int:
    """The place behind a run of bytes, which may be empty."""
    found = run.match(content, position)
    return found.end() if found else position


def demand_short_note(rest: bytes) -> None:
    """What follows the last picture: hardly anything, or the note of a telephone."""
    is_note = rest.endswith(END_OF_NOTE) and len(rest) <= LONGEST_NOTE
    if not is_note and len(rest.strip(b"\x00\xff\r\n ")) > LONGEST_REST:
        raise Unfit("more_behind")
    demand_no_page(rest)
    demand_no_stranger(rest)


def size_in(head: bytes) -> tuple[int, int] | None:
    """Width and height, where these are the first bytes of a JPEG and reach that far."""
    position = 2
    while head.startswith(JPEG) and position + 9 <= len(head):
        marker, length = head[position + 1], int.from_bytes(head[position + 2 : position + 4])
        if marker in FRAMES:
            height, width = head[position + 5 : position + 7], head[position + 7 : position + 9]
            return int.from_bytes(width), int.from_bytes(height)
        position += 2 + length
    return None


def end_of_picture(content: Content, position: int, limits: Limits) -> int:
    """The place behind one picture that begins here."""
    has_frame, has_scan = False, False
    position += 2
    for _ in range(MOST_SEGMENTS):
        marker, position = marker_at(content, position)
        if marker == END:
            break
        if marker in ALONE:
            continue
        start, position = segment_at(content, position)
        if marker in FRAMES:
            demand_frame(content[start:position], limits)
            has_frame = True
        elif marker in TOLD:
            demand_no_page(content[start:position])
        elif marker == SCAN:
            position, has_scan = end_of_scan(content, position), True
    else:
        raise Unfit("damaged")
    if not (has_frame and has_scan):
        raise Unfit("damaged")
    return position


def marker_at(content: Content, position: int) -> tuple[int, int]:
    """The marker here, after bytes that fill, and the place behind it."""
    position = max(position, past(FILLING, content, position) - 1)
    pair = content[position : position + 2]
    if len(pair) < 2:
        raise Unfit("cut_off")
    if pair[0] != 0xFF or pair[1] in (0, START):
        raise Unfit("damaged")
    return pair[1], position + 2


def segment_at(content: Content, position: int) -> tuple[int, int]:
    """Where the content of a segment begins and ends."""
    length = int.from_bytes(content[position : position + 2])
    if length < 2:
        raise Unfit("damaged")
    if position + length > len(content):
        raise Unfit("cut_off")
    return position + 2, position + length


def demand_frame(frame: bytes, limits: Limits) -> None:
    """Width, height and colours that exist, and not too many pixels."""
    if len(frame) < 6 or len(frame) != 6 + 3 * frame[5] or not 1 <= frame[5] <= 4:
        raise Unfit("damaged")
    height, width = int.from_bytes(frame[1:3]), int.from_bytes(frame[3:5])
    if not width or not height:
        raise Unfit("damaged")
    if width * height > limits.pixels:
        raise Unfit("too_many_pixels", limit=limits.pixels // 1_000_000)


def end_of_scan(content: Content, position: int) -> int:
    """Where the bytes of the picture end and the next marker stands."""
    found = NEXT_MARKER.search(content, position)
    if not found:
        raise Unfit("cut_off")
    return found.end() - 2
