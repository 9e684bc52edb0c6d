"""Names and abbreviations that stay in Latin letters inside Serbian Cyrillic text.

Domestic abbreviations are not here and change script like any word: СКГО, ЈЛС, ОКО, ЦСР.
Whoever meets a new foreign name adds it; a name with q, w, x or y stays Latin by itself.
"""

# Written exactly so. An ending after a hyphen changes script: "EU-а".
_ABBREVIATIONS = (
    # the Union, its money and its programmes
    "EU EC IPA IPARD CARDS PRAG OACPS CFCU OPSYS TAIEX EIDHR PROGRES SwissPRO SwissPROext "
    "EuropeAid "
    # donors, implementers, networks
    "DFID IBHI SPIS SPI UNICEF UNDP UNOPS UNHCR UNFPA UNESCO USAID GIZ SDC SIDA NALED NALAS "
    "OECD OSCE WHO ILO IOM IMF NGO NET HELP Help Caritas Oxfam "
    # currencies and technical terms
    "EUR RSD BAM CHF USD GBP NOK PDF CSV XLSX DOCX ODT ODS JPG PNG TXT HTML XML JSON URL MB IATI "
    "SMS GPS GIS IBAN SWIFT SHA HMAC API iCalendar Excel Word LibreOffice Outlook Google Zoom "
    "Viber online JavaScript"
)
ABBREVIATIONS = frozenset(_ABBREVIATIONS.split())

# Names of several words, and words that only foreign in such company ("Facility" has a y).
NAMES = (
    "HELP NET",
    "Horizontal Facility",
    "EU PROGRES",
    "Swiss PRO",
    "Social Dimension Initiative",
    "Oxford Policy Management",
    "Save the Children",
    "World Vision",
    "World Bank",
    "Handicap International",
    "Open Society Foundations",
    "Council of Europe",
    "Source Sans",
    "Who's On First",
    "e-mail",
)
