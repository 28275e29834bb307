"""Finds the sentences that code says: what its errors, prints and helps are made of, as forms with places."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "src" / "linewalker"
SPEAKING = {"say": 0, "error": 0, "key_error": 1, "problem": 0, "waiting": 0}
"""What takes a sentence, and as which of its arguments, besides the classes of errors."""

FINDING = ("trial.py", "profile_check.py", "posture_check.py", "checkup.py")
"""Files whose own ``error`` and ``warning`` make findings: a rule, a problem and what mends it."""

_MOST_FORMS = 24
Form = tuple[str | None, ...]
"""Words, and None for what varies."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """A sentence in the code."""

    where: str
    form: Form
    names: tuple[str, ...]

    def filled(self) -> tuple[str, list[str]]:
        """The sentence with marks in its places, and the marks."""
        numbers = itertools.count()
        marks = [f"¤{next(numbers)}¤" for part in self.form if part is None]
        left = iter(marks)
        return "".join(next(left) if part is None else part for part in self.form), marks

    def as_template(self) -> str:
        """As the catalogue would have it."""
        names = iter(self.names)
        return "".join(f"{{{next(names)}}}" if part is None else part for part in self.form)


def error_classes() -> set[str]:
    """Names of all classes of errors raised on purpose."""
    found = {"LinewalkerError"}
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")]
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    while True:
        more = {c.name for c in classes if any(isinstance(b, ast.Name) and b.id in found for b in c.bases)} - found
        if not more:
            return found
        found |= more


def sentences_of(path: Path, classes: set[str]) -> Iterator[Said]:
    """All that a file of the package says by itself, not what it passes on."""
    return sentences(path.read_text(encoding="utf-8"), path.relative_to(PACKAGE).as_posix(), classes)


def sentences(source: str, where: str, classes: set[str]) -> Iterator[Said]:
    """As `sentences_of`; ``where`` the source stands."""
    tree = ast.parse(source)
    finding = where.endswith(FINDING)
    for scope, node in _calls(tree, tree):
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        logged = isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "_LOG"
        taken = [0] if name in classes else [SPEAKING[name]] if name in SPEAKING else []
        if finding and name in ("error", "warning"):
            taken = [1, 2]
        for words in [] if logged else [node.args[position] for position in taken if position < len(node.args)]:
            yield from _said(where, node, words, _Known(tree, scope))
        for keyword in node.keywords:
            if keyword.arg in ("help", "found", "remedy") and _is_text(keyword.value):
                yield from _said(where, node, keyword.value, _Known(tree, scope))


def _is_text(node: ast.expr) -> bool:
    return not (isinstance(node, ast.Constant) and not isinstance(node.value, str))


def _calls(node: ast.AST, scope: ast.AST) -> Iterator[tuple[ast.AST, ast.Call]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield scope, child
        inner = child if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) else scope
        yield from _calls(child, inner)


def _said(where: str, call: ast.Call, node: ast.expr, known: _Known) -> Iterator[Said]:
    for parts in itertools.islice(known.forms(node), _MOST_FORMS):
        words = [part for part in parts if isinstance(part, str)]
        if re.search(r"[A-Za-z]{3}", "".join(words)):
            merged = _merged(parts)
            names = _unlike([part.name for part in merged if isinstance(part, _Value)])
            form = tuple(part if isinstance(part, str) else None for part in merged)
            yield Said(where=f"{where}:{call.lineno}", form=_trimmed(form), names=tuple(names))


@dataclass(frozen=True)
class _Value:
    name: str


class _Known:
    """What names stand for: texts that are assigned in a function or in its module."""

    def __init__(self, tree: ast.AST, scope: ast.AST):
        self._texts: dict[str, list[ast.expr]] = {}
        for body in (tree, scope):
            walked = ast.walk(body) if body is scope and scope is not tree else ast.iter_child_nodes(body)
            for node in walked:
                if isinstance(node, ast.Assign):
                    for target in node.targets:
                        if isinstance(target, ast.Name):
                            self._texts.setdefault(target.id, []).append(node.value)

    def forms(self, node: ast.expr, depth: int = 3) -> Iterator[list[str | _Value]]:
        """Every way in which it can be put together."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield [node.value]
        elif isinstance(node, ast.JoinedStr):
            pieces = [self._piece(value, depth) for value in node.values]
            yield from (list(itertools.chain(*way)) for way in itertools.product(*pieces))
        elif isinstance(node, ast.IfExp):
            yield from self.forms(node.body, depth)
            yield from self.forms(node.orelse, depth)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            for left, right in itertools.product(self.forms(node.left, depth), list(self.forms(node.right, depth))):
                yield [*left, *right]
        elif isinstance(node, ast.Name) and depth and (texts := self._written(node.id)):
            for text in texts:
                yield from self.forms(text, depth - 1)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("rstrip",):
            yield from self.forms(node.func.value, depth)
        else:
            yield [_Value(_name_of(node))]

    def _written(self, name: str) -> list[ast.expr]:
        kinds = ast.Constant | ast.JoinedStr | ast.IfExp | ast.BinOp
        texts = self._texts.get(name, [])
        return texts if texts and all(isinstance(text, kinds) and _is_text(text) for text in texts) else []

    def _piece(self, value: ast.expr, depth: int) -> list[list[str | _Value]]:
        if isinstance(value, ast.FormattedValue):
            if value.format_spec is None and isinstance(value.value, ast.Name | ast.IfExp):
                return list(self.forms(value.value, depth))
            return [[_Value(_name_of(value.value))]]
        return list(self.forms(value, depth))


def _name_of(node: ast.expr) -> str:
    text = ast.unparse(node)
    call = re.match(r"(?:', '|' and '|' or '|'; '|' '|' -> ')\.join\((.*)\)$", text)
    words = re.findall(r"[A-Za-z]\w*", call[1] if call else text.partition("(")[0])
    words = [word for word in words if word not in ("self", "map", "str", "sorted", "value")] or ["value"]
    return words[-1].lower().strip("_") if not call else words[0].lower().strip("_")


def _merged(parts: list[str | _Value]) -> list[str | _Value]:
    merged: list[str | _Value] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        elif part != "":
            merged.append(part)
    return merged


def _unlike(names: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    unlike = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        unlike.append(name if seen[name] == 1 else f"{name}{seen[name]}")
    return unlike


def _trimmed(form: Form) -> Form:
    """As it is printed: white space within is one blank."""
    return tuple(part if part is None else re.sub(r"\s+", " ", part) for part in form)
