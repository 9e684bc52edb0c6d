"""Papers that Koraci writes itself: DOCX from templates, PDF sheets. No doors, no pages.

    fields.filled.fields_of(participation, language="sr-latn")   what they may say, as plain text
    filling.fill(template, fields)                               a filled DOCX
    filling.problems_in(template)                                what is wrong with it, in words
    apart.problems_apart(path, language="sr")                    the same of what people send
    sheets.sheet("next_steps", context, language="sr")           a PDF/A of our own
    catalogue.made("memorandum", participation, language="bs", by=user)   what a door calls

Nothing is imported here: the child that looks at a template knows no models. The libraries
behind take up to two seconds to load and are loaded on first use.
"""
