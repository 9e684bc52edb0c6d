"""Why a file is refused: a sentence for each reason, with what is allowed instead."""

from django.utils.translation import gettext_lazy as _

NAME = {
    "name_unseen": _(
        "The name of the file holds characters that cannot be seen or that turn the direction of"
        " writing. Allowed are letters, digits, spaces and hyphens: rename the file and send it"
        " again."
    ),
    "name_path": _(
        "The name of the file holds “/”, “\\” or “..”, as the path to a folder does. Allowed is a"
        " plain name, such as “Strategy 2025.pdf”."
    ),
    "name_long": _(
        "The name of the file is too long: %(bytes)s bytes. Allowed are at most %(limit)s bytes,"
        " that is about 150 Latin or 75 Cyrillic letters: shorten the name and send the file"
        " again."
    ),
    "no_ending": _(
        "The name of the file does not end with its kind. Allowed are PDF, DOCX, XLSX, ODT, ODS,"
        " JPG and PNG."
    ),
    "ending": _(
        "Files that end with “%(ending)s” are not taken. Allowed are PDF, DOCX, XLSX, ODT, ODS,"
        " JPG and PNG."
    ),
    "macro_ending": _(
        "Files with macros (“%(ending)s”) are not taken. Allowed is the same document saved as"
        " DOCX, XLSX or PDF."
    ),
}
SIZE = {
    "empty": _("The file is empty. Allowed is a file with content: look whether it was saved."),
    "too_large": _(
        "The file is too large. Allowed are at most %(limit)s MB: make its pictures smaller, or"
        " send it in parts."
    ),
    "too_many_parts": _(
        "The file consists of too many parts to be examined. Allowed are at most %(limit)s: save"
        " it as PDF and send that."
    ),
    "unpacks_to_much": _(
        "The file is small only because it is packed; its content is too large. Allowed are at"
        " most %(limit)s MB of unpacked content: make its pictures and tables smaller, or send it"
        " in parts."
    ),
    "packed_too_well": _(
        "Something in the file is packed far more tightly than documents are, as in files that"
        " are made to block computers. Allowed is content at most %(limit)s times as large as the"
        " packed file: save the document as PDF and send that."
    ),
    "too_many_pixels": _(
        "The picture, or one in the document, has too many pixels. Allowed are at most %(limit)s"
        " million: save it in a smaller size, for instance scanned with 300 dots per inch."
    ),
    "took_too_long": _(
        "The examination of the file took longer than the %(limit)s seconds that are allowed."
        " Save the document as PDF and send that."
    ),
}
KIND = {
    "not_its_kind": _(
        "The name says %(named)s, but the content is something else; a new name does not change"
        " the content. Allowed is a file that was saved as %(named)s in its program."
    ),
    "old_or_locked": _(
        "The name says %(named)s, but the content is of an older format or is locked with a"
        " password. Allowed is a document without a password, saved anew as %(named)s."
    ),
    "two_kinds": _(
        "Hidden in the file is another one: a page, an archive or a program. Allowed is a file of"
        " one kind alone: save the document anew, or as PDF, and send that."
    ),
    "more_behind": _(
        "Behind the end of the document the file goes on with something else. Allowed is a file"
        " that ends where the document ends: save it anew and send that."
    ),
}
STATE = {
    "cut_off": _(
        "The file ends before the document does; it was probably not copied to the end. Allowed"
        " is a whole file: open it to see whether it is whole, save it anew and send that."
    ),
    "damaged": _(
        "The file is damaged, or made in a way that cannot be examined. Allowed is a file that"
        " opens without a message: save it anew in its program, or as PDF, and send that."
    ),
    "untrue_sizes": _(
        "What the file says about its own parts is not true. Allowed is a document as its program"
        " saves it: save it anew, or as PDF, and send that."
    ),
    "locked": _(
        "The file is locked with a password or protected against changes by encryption. Allowed"
        " is a document that everybody with access can open: save it without a password. A signed"
        " PDF is allowed."
    ),
    "not_examined": _(
        "The file could not be examined to the end, so it was not kept. Allowed is a file that"
        " opens without a message: save it anew, or as PDF, and send that."
    ),
}
INSIDE = {
    "overlap": _(
        "Parts of the file lie on top of one another, as in files that are made to block"
        " computers. Allowed is a document as its program saves it."
    ),
    "twice_inside": _(
        "The file holds two parts of the same name, of which programs would show now one, now the"
        " other. Allowed is a document as its program saves it: save it anew and send that."
    ),
    "way_out": _(
        "A part of the file would be unpacked to another place of the computer. Allowed is a"
        " document as its program saves it."
    ),
    "link_inside": _(
        "The file holds a link to another file of the computer. Allowed is a document as its"
        " program saves it."
    ),
    "archive_inside": _(
        "The document holds an archive or another packed document. Allowed are text, tables,"
        " charts and pictures: send what is inside as a file of its own."
    ),
    "program_inside": _(
        "The document holds a program. Allowed are text, tables, charts and pictures."
    ),
    "object_inside": _(
        "The document holds an object of another program, for instance an inserted file. Allowed"
        " are text, tables, charts and pictures: insert it as a picture, or send it as a file of"
        " its own."
    ),
    "entities": _(
        "The document holds definitions of its own that programs would have to carry out. Allowed"
        " is a document as Word, Excel or LibreOffice saves it."
    ),
    "macros": _(
        "The document holds macros or controls. Allowed is a document without them: save it as"
        " DOCX, XLSX or PDF without macros."
    ),
    "outside_data": _(
        "The document fetches something from outside when it is opened: a template, a picture, a"
        " table or data. Allowed are links that a reader clicks: put the content itself into the"
        " document, or save it as PDF."
    ),
    "scripts": _(
        "The PDF holds scripts, a form made of scripts, or other media that play. Allowed is a"
        " PDF without them: print the document into a new PDF. A signed PDF is allowed."
    ),
    "starts_programs": _(
        "The PDF starts a program or reads another file when it is opened. Allowed is a PDF that"
        " is only shown: print the document into a new PDF."
    ),
    "attachment": _(
        "Attached to the PDF are files of another kind. Allowed are attached tables and texts"
        " (XML, CSV, JSON, TXT): send the others as files of their own."
    ),
}
SCANNER = {
    "infected": _(
        "The virus scanner found “%(name)s” in the file. Allowed is a file without it: have the"
        " computer from which it comes looked at, and send a clean copy."
    ),
    "too_large_to_scan": _(
        "The file is larger than the virus scanner looks at. Allowed is what it can look at: send"
        " the document in parts, or with smaller pictures."
    ),
}

PROBLEMS = NAME | SIZE | KIND | STATE | INSIDE | SCANNER
