"""What a template uses, and all that is wrong with it, without filling it in."""

import difflib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from io import BytesIO

from jinja2 import TemplateSyntaxError, nodes

from documents.papers import problems
from documents.papers.fields.listed import sample
from documents.papers.problems import BrokenTemplate
from documents.papers.sandbox import ROWS, Sandbox
from documents.papers.word import UNREADABLE, Word, filled, parts_with_fields, words_of

PROPERTIES = ["author", "comments", "identifier", "language", "subject", "title"]
Scope = dict[str, str]  # what a loop calls its row → the list it comes from


@dataclass
class Examined:
    """A template as read: what it uses that nobody knows, and everything that is wrong."""

    unknown: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def add(self, problem: str) -> None:
        if problem not in self.problems:
            self.problems.append(problem)


def examined(template: bytes, known: Collection[str]) -> Examined:
    """Read as far as it can be read; whatever the file is, there is an answer."""
    found = Examined()
    try:
        parts_with_fields(template)
        sources = list(sources_of(template))
    except BrokenTemplate as broken:
        found.problems += broken.problems
        return found
    for source in sources:
        examine_part(source, known, found)
    if not found.problems:
        found.problems += problems_of_filling(template, known)
    return found


def sources_of(template: bytes) -> Iterator[str]:
    """What the library hands to jinja: body, headers, footers and the texts of the properties."""
    try:
        word = Word(BytesIO(template))
        word.init_docx()
        yield on_lines(word.patch_xml(word.get_xml()))
        for uri in (word.HEADER_URI, word.FOOTER_URI):
            for _key, part in word.get_headers_footers(uri):
                yield on_lines(word.patch_xml(word.get_part_xml(part)))
        for part in word.docx.part.package.iter_parts():
            if part.partname == "/word/footnotes.xml":
                yield on_lines(word.patch_xml(part.blob.decode()))
        yield from (getattr(word.docx.core_properties, name) for name in PROPERTIES)
    except UNREADABLE as error:
        raise BrokenTemplate([problems.NOT_WORD]) from error


def on_lines(xml: str) -> str:
    """A line for each paragraph, so that a mistake can be told by the words of its paragraph."""
    return xml.replace("<w:p>", "\n<w:p>").replace("<w:p ", "\n<w:p ")


def examine_part(source: str, known: Collection[str], found: Examined) -> None:
    try:
        tree = Sandbox().parse(source)
    except BrokenTemplate as broken:
        for problem in broken.problems:
            found.add(problem)
    except TemplateSyntaxError as error:
        lines = source.splitlines()
        line = lines[error.lineno - 1] if 0 < error.lineno <= len(lines) else ""
        found.add(problems.SYNTAX % {"where": (words_of(line) or str(error.message))[:120]})
    else:
        Reader(known, found).read(tree, {})


@dataclass
class Reader:
    """Walks through a template and asks of each field whether it is known and rightly used."""

    known: Collection[str]
    found: Examined

    def read(self, node: nodes.Node, scope: Scope) -> None:
        if isinstance(node, nodes.For):
            self.read_loop(node, scope)
        elif isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
            self.read_field(node, scope)
        else:
            if isinstance(node, nodes.Output):
                self.refuse_compounds(node, scope)
            for child in node.iter_child_nodes():
                self.read(child, scope)

    def read_loop(self, loop: nodes.For, scope: Scope) -> None:
        rows = unwrapped(loop.iter)
        self.read(rows, scope)
        path = path_of(rows, scope)
        if path in self.known and not self.parts_of(path):
            self.found.add(problems.NOT_ROWS % {"name": typed(rows)})
        assert isinstance(loop.target, nodes.Name)  # the sandbox lets no other pass
        inside = scope | {loop.target.name: path, "loop": "loop"}
        for child in [loop.test, *loop.body]:
            if child is not None:
                self.read(child, inside)
        for child in loop.else_:
            self.read(child, scope)

    def read_field(self, node: nodes.Expr, scope: Scope) -> None:
        path, name = path_of(node, scope), typed(node)
        first = path.partition(".")[0]
        if first == "loop" or path in self.known or name in self.found.unknown:
            return
        self.found.unknown.append(name)
        # Of a list that is not known nothing further can be said.
        near = difflib.get_close_matches(path, self.known, 1)
        sentence = problems.UNKNOWN_NEAR if near else problems.UNKNOWN
        self.found.add(sentence % {"name": name, "near": near[0] if near else ""})

    def refuse_compounds(self, output: nodes.Output, scope: Scope) -> None:
        for node in output.nodes:
            if isinstance(node, nodes.Name | nodes.Getattr):
                parts = self.parts_of(path_of(node, scope))
                if parts:
                    told = {"name": typed(node), "parts": ", ".join(parts)}
                    self.found.add(problems.NOT_TEXT % told)

    def parts_of(self, path: str) -> list[str]:
        return sorted(name for name in self.known if name.startswith(f"{path}."))


def unwrapped(rows: nodes.Node) -> nodes.Node:
    """What a loop goes through, without what the sandbox put around it."""
    if isinstance(rows, nodes.Filter) and rows.name == ROWS and rows.node is not None:
        return rows.node
    return rows


def path_of(node: nodes.Node | None, scope: Scope) -> str:
    """ "step.title" inside a loop over steps is "steps.title"."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name, node.name)
    if isinstance(node, nodes.Getattr):
        return f"{path_of(node.node, scope)}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        key = node.arg.value if isinstance(node.arg, nodes.Const) else ""
        path = path_of(node.node, scope)
        return path if isinstance(key, int) else f"{path}.{key}"
    return ""


def typed(node: nodes.Node | None) -> str:
    """The field as it stands in the template."""
    return path_of(node, {})


def problems_of_filling(template: bytes, known: Collection[str]) -> list[str]:
    """Whether a paper comes out whole: filled once with rows, once without any."""
    for rows in (2, 0):
        try:
            filled(template, sample(known, rows))
        except BrokenTemplate as broken:
            return broken.problems
    return []
