"""The little language of templates: print a field, repeat rows, choose. Nothing else.

Templates come from people. What may stand in one is a list of allowed things, so that whatever
jinja can do besides, now or later, is refused before it runs: no calls, no arithmetic, no
assignments, no attributes of objects. Rows and output are counted while a paper is filled.
"""

from collections.abc import Iterator
from typing import Any

from jinja2 import StrictUndefined, Template, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from documents.papers import problems
from documents.papers.problems import BrokenTemplate

MOST_CHARACTERS = 5_000_000  # of the XML of one part of a filled paper
MOST_ROWS = 20_000
MOST_LOOPS = 50
DEEPEST = 2  # loops inside loops
HIGHEST = 40  # anything inside anything

FILTERS = ["default", "first", "last", "length", "lower", "upper"]
TESTS = ["defined", "undefined", "none"]
LOOP = ["first", "last", "index", "index0", "length", "revindex", "revindex0"]
ROWS = "_rows"  # wraps what each loop goes through

ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr,
    nodes.Getitem, nodes.For, nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And,
    nodes.Or, nodes.Not, nodes.Test, nodes.Filter,
)  # fmt: skip


class Bounded(Template):
    """A template whose output is counted while it is made."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        pieces, length = [], 0
        for piece in self.generate(*args, **kwargs):
            length += len(piece)
            if length > MOST_CHARACTERS:
                raise BrokenTemplate([problems.TOO_LONG])
            pieces.append(piece)
        return "".join(pieces)


class Sandbox(SandboxedEnvironment):
    """One for each paper: it counts the rows that its loops went through."""

    template_class = Bounded

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=printed)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS} | {ROWS: self.counted}
        self.tests = {name: self.tests[name] for name in TESTS}
        self.rows = 0

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Called by jinja before anything is compiled, whichever way a template comes in."""
        try:
            tree = super()._parse(source, name, filename)
            too_high = height_of(tree) > HIGHEST
        except RecursionError:
            too_high = True
        if too_high:  # neither jinja nor Python itself would get through it
            raise BrokenTemplate([problems.TOO_NESTED])
        refuse_the_rest(tree, source)
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, ROWS, [], [], None, None, lineno=loop.lineno)
        return tree

    def counted(self, value: Any) -> Iterator[Any]:
        if not isinstance(value, list):
            raise BrokenTemplate([problems.NOT_ROWS % {"name": printed(value)}])
        for row in value:
            self.rows += 1
            if self.rows > MOST_ROWS:
                raise BrokenTemplate([problems.TOO_LONG])
            yield row

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A dot means a key of a plain dict, or the place within a loop; never an attribute."""
        if isinstance(obj, LoopContext):
            return getattr(obj, attribute) if attribute in LOOP else self.undefined(name=attribute)
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if type(obj) is list and type(argument) is int and -len(obj) <= argument < len(obj):
            return obj[argument]
        return self.getattr(obj, str(argument))

    def is_safe_callable(self, obj: Any) -> bool:
        return False


def printed(value: Any) -> Any:
    """Texts and numbers alone are printed; of a list or a dict nobody wants to read brackets."""
    if isinstance(value, str | Markup | int | StrictUndefined):
        return value
    return ""


def refuse_the_rest(tree: nodes.Template, source: str) -> None:
    lines = source.splitlines()
    loops = list(tree.find_all(nodes.For))
    if len(loops) > MOST_LOOPS:
        raise BrokenTemplate([problems.TOO_MANY_LOOPS % {"limit": MOST_LOOPS}])
    if depth_of(tree) > DEEPEST:
        raise BrokenTemplate([problems.TOO_DEEP])
    for node in tree.find_all(nodes.Node):
        refuse_node(node, lines)


def refuse_node(node: nodes.Node, lines: list[str]) -> None:
    if not is_possible(node):
        told = {"where": words_at(lines, node.lineno), "repeat": "for", "choose": "if"}
        raise BrokenTemplate([problems.NOT_POSSIBLE % told])
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        told = {"name": node.name, "known": ", ".join(FILTERS)}
        raise BrokenTemplate([problems.FILTER % told])


def is_possible(node: nodes.Node) -> bool:
    """On the list; a loop has one name for its row; `self` is the template, not a field."""
    if isinstance(node, nodes.For):
        return isinstance(node.target, nodes.Name) and not node.recursive
    if isinstance(node, nodes.Name):
        return node.name != "self"
    return isinstance(node, ALLOWED)


def height_of(node: nodes.Node) -> int:
    return 1 + max(map(height_of, node.iter_child_nodes()), default=0)


def depth_of(node: nodes.Node) -> int:
    inside = max((depth_of(child) for child in node.iter_child_nodes()), default=0)
    return inside + isinstance(node, nodes.For)


def words_at(lines: list[str], number: int) -> str:
    """What a person sees at a line of the source: its text without markup, in short."""
    from documents.papers.word import words_of

    line = lines[number - 1] if 0 < number <= len(lines) else ""
    return words_of(line)[:120]
