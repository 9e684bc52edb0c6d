"""Charts as SVG made on the server: no script, no style attribute, each with its table.

A caller fills one of the shapes (`bars`, `funnel`, `flow`, `shares`, `strip`) with numbers and
words of the reader's language; `{% load charts %}{% chart it %}` draws it. All geometry is
computed here, the template only writes it down.
"""
