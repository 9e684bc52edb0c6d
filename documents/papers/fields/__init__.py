"""What papers may say of a participation: plain text by name, in one language and script.

`listed.FIELDS` lists every name with a sentence; `filled.fields_of` fills them. No objects leave
this package: templates of programmes read what it gives, and nothing else.
"""
