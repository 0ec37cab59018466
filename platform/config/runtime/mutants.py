"""Mutants: one file of the product with one small mistake made on purpose.

They are made from the syntax tree, always the same and in the same order, and never written to
the file. A run of pytest with `-p config.runtime.mutants` loads the one that `OPIUM_MUTANT` names
(`path#number`) in the place of the real module.
"""

import ast
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

VARIABLE = "OPIUM_MUTANT"
FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE,
    ast.GtE: ast.Gt, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Mutant:
    line: int
    """Where the mistake is, from 1."""
    before: str
    after: str
    source: str
    """The whole file with the mistake in it."""


def mutants_of(source: str) -> list[Mutant]:
    """Every mutant of the functions of a file, in the order of their lines."""
    found = []
    for function in _functions(ast.parse(source)):
        for node, after in _mistakes(function):
            if mutant := _made(source, node, after):
                found.append(mutant)
    return sorted(found, key=lambda one: one.line)


def _functions(tree: ast.Module) -> Iterator[Function]:
    """Those at the top and in classes; what is inside one is a part of it."""
    for node in tree.body:
        for one in node.body if isinstance(node, ast.ClassDef) else [node]:
            if isinstance(one, Function):
                yield one


def _mistakes(function: Function) -> Iterator[tuple[ast.AST, str]]:
    """Which nodes to put something else in the place of."""
    for statement in function.body:
        for node in _walk(statement):
            yield from ((node, after) for after in _instead(node))
    if _says_nothing(function):
        first = function.body[1] if ast.get_docstring(function) else function.body[0]
        if not isinstance(first, ast.Pass):
            yield first, "return"


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    """The node and all in it, but for what stands in an f-string: before 3.12 it has no place."""
    if not isinstance(node, ast.JoinedStr):
        yield node
        for child in ast.iter_child_nodes(node):
            yield from _walk(child)


def _says_nothing(function: Function) -> bool:
    returns = function.returns
    more = len(function.body) > (1 if ast.get_docstring(function) else 0)
    return isinstance(returns, ast.Constant) and returns.value is None and more


def _instead(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Compare(ops=[op]):
            flipped = ast.Compare(node.left, [FLIPPED[type(op)]()], node.comparators)
            yield f"({ast.unparse(flipped)})"
        case ast.BoolOp():
            other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield f"({ast.unparse(ast.BoolOp(other, node.values))})"
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield f"({ast.unparse(operand)})"
        case ast.Constant(value=bool() as value):
            yield str(not value)
        case ast.Constant(value=int() as value):
            yield str(value + 1)
        case ast.Expr(value=ast.Call() | ast.Await()):
            yield "pass"
        case ast.If(orelse=[], body=[ast.Raise() | ast.Return() | ast.Continue()]):
            yield "pass"


def _made(source: str, node: ast.AST, after: str) -> Mutant | None:
    """The source with the node replaced; None where that is no Python."""
    before = ast.get_source_segment(source, node)
    if not before or not isinstance(node, ast.expr | ast.stmt) or node.end_lineno is None:
        return None
    lines = source.encode().splitlines(keepends=True)
    start = sum(map(len, lines[: node.lineno - 1])) + node.col_offset
    end = sum(map(len, lines[: node.end_lineno - 1])) + (node.end_col_offset or 0)
    whole = source.encode()
    mutated = (whole[:start] + after.encode() + whole[end:]).decode()
    try:
        ast.parse(mutated)
    except SyntaxError:
        return None
    return Mutant(node.lineno, before, after, mutated)


class _Loader(SourceFileLoader):
    """Compiles the mutant and keeps nothing of it."""

    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self.source = source

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.source, self.path, "exec", dont_inherit=True)


class _Finder(MetaPathFinder):
    def __init__(self, path: Path, source: str) -> None:
        self.path, self.source = path, source

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.rpartition(".")[2] not in {self.path.stem, self.path.parent.name}:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is None or spec.origin is None or Path(spec.origin) != self.path:
            return None
        spec.loader = _Loader(fullname, spec.origin, self.source)
        return spec


def load_named() -> None:
    """From now on the module of the mutant that the environment names is that mutant."""
    name, _, number = os.environ.get(VARIABLE, "").rpartition("#")
    if name:
        path = Path(name)
        sys.meta_path.insert(0, _Finder(path, mutants_of(path.read_text())[int(number)].source))


load_named()
