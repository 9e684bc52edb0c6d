"""From what a sample says to the bytes of its file."""

from pathlib import PurePath

from config.demo.papers.pdf import pdf_of
from config.demo.papers.sample import Sample
from config.demo.papers.sheet import sheet_of
from config.demo.papers.signing import signed
from config.demo.papers.word import word_of

WRITERS = {".docx": word_of, ".pdf": pdf_of, ".xlsx": sheet_of}


def content_of(sample: Sample) -> bytes:
    """The same bytes each time, but for the signature of one that is signed."""
    content = WRITERS[PurePath(sample.name).suffix](sample)
    return signed(content) if sample.is_signed else content
