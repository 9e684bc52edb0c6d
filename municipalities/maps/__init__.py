"""Maps of both countries as SVG made on the server: `country_map`, drawn by `{% map %}`.

Boundaries come from `municipalities/data/`, joined to the register by code and never by name.
"""
