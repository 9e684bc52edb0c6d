"""A sample as a Word file."""

from io import BytesIO

from docx import Document

from config.demo.papers.sample import Sample
from documents.papers.drawing import DRAWN, LANGUAGES, with_one_stamp

ITEM = "– "


def word_of(sample: Sample) -> bytes:
    word = Document()
    properties = word.core_properties
    properties.title, properties.author, properties.comments = sample.title, "Koraci", ""
    properties.language = LANGUAGES["sr"]
    properties.created = properties.modified = DRAWN
    word.add_heading(sample.title, 1)
    for line in sample.lines:
        kind = "List Bullet" if line.startswith(ITEM) else None
        word.add_paragraph(line.removeprefix(ITEM), kind)
    for line in sample.about:
        word.add_paragraph().add_run(line).italic = True
    written = BytesIO()
    word.save(written)
    return with_one_stamp(written.getvalue())
