"""Which kernels Python calls, read off the sources."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

Name = tuple[str, str]
"""Module and function."""


def kernels(modules: dict[str, ast.Module]) -> dict[Name, bool]:
    """Every kernel, and whether it is an entry."""
    found = {}
    for module, tree in modules.items():
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef) and (call := _decoration(function)) is not None:
                found[module, function.name] = any(option.arg == "entry" for option in call.keywords)
    return found


def called_by_python(modules: dict[str, ast.Module], known: dict[Name, bool]) -> set[Name]:
    """Kernels that functions which are no kernels name: they call them, or hand them on."""
    called = set()
    for module, tree in modules.items():
        imported = {
            alias.asname or alias.name: (statement.module or "", alias.name)
            for statement in ast.walk(tree)
            if isinstance(statement, ast.ImportFrom)
            for alias in statement.names
        }
        for name in _names_in_python(tree):
            kernel = imported.get(name, (module, name))
            if kernel in known:
                called.add(kernel)
    return called


def read_modules(package: Path) -> dict[str, ast.Module]:
    """Syntax trees of a package, by the name of the module."""
    files = package.rglob("*.py")
    return {".".join((package.name, *file.relative_to(package).with_suffix("").parts)): _parse(file) for file in files}


def _parse(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def _decoration(function: ast.FunctionDef) -> ast.Call | None:
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id == "kernel":
            return decorator
    return None


def _names_in_python(node: ast.AST) -> Iterator[str]:
    """Names and attributes that are read outside kernels."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef) and _decoration(child) is not None:
            continue
        if isinstance(child, ast.Name):
            yield child.id
        elif isinstance(child, ast.Attribute):
            yield child.attr
        yield from _names_in_python(child)
