"""What papers may say of a participation: plain text by name, in one language and script.

`FIELDS` lists every name with a sentence; `fields_of` fills them. No objects leave this package:
templates of programmes read what it gives, and nothing else.
"""

from documents.papers.fields.filled import fields_of
from documents.papers.fields.listed import FIELDS, Field

__all__ = ["FIELDS", "Field", "fields_of"]
