"""The documentation site: the documents of this project, and a page made of the docstrings of all public names.

``python scripts/pages.py`` writes pages into out/pages and builds out/site of them (zensical.toml). Links between
documents lead to pages, links to other files to copies. The site needs no network and no server.
"""

from __future__ import annotations

import enum
import importlib
import inspect
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
NAMED = {
    "README.md": "index.md",
    "README.zh-CN.md": "index.zh-CN.md",
    "CONVENTIONS.md": "conventions.md",
    "CHANGELOG.md": "changelog.md",
}
"""Documents that are called otherwise on the site."""
REFERENCE = "reference.md"
FILES = "files"
"""Folder of what pages link to and is no page."""
CONFIG = "zensical.toml"
SHIM = "iframe-worker.js"
"""Lets a page that lies in a folder search; Zensical would fetch it from elsewhere, ours is a copy (MIT)."""
_SHIM_ELSEWHERE = re.compile(r'src="?https://[^" >]*/iframe-worker/[^" >]*"?')
_LINK = re.compile(r"(\]\()([^)\s#]+)")
_SECTION = re.compile(r"^(Args|Attributes|Returns|Raises|Yields):$")
_ENTRY = re.compile(r"^    (\*{0,2}[\w, *]+): (.*)$")


def documents() -> dict[Path, str]:
    """Every document, and the page it becomes."""
    named = {ROOT / name: page for name, page in NAMED.items()}
    return named | {path: path.name for path in sorted((ROOT / "docs").glob("*.md"))}


def write_pages(folder: Path) -> None:
    """Write all pages and what they show into a folder, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for document, page in documents().items():
        text = document.read_text(encoding="utf-8")
        (folder / page).write_text(_LINK.sub(lambda m, d=document: m[1] + _copied(d, m[2], folder), text), "utf-8")
    (folder / REFERENCE).write_text(reference(), encoding="utf-8")


def _copied(document: Path, target: str, folder: Path) -> str:
    """Where a link of a document leads on the site; a file that is no page is copied."""
    if "://" in target or target.startswith("mailto:"):
        return target
    path = Path(os.path.normpath(document.parent / target))
    if page := documents().get(path):
        return page
    inside = path.relative_to(ROOT / "docs") if path.is_relative_to(ROOT / "docs") else FILES / path.relative_to(ROOT)
    (folder / inside).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(path, folder / inside)
    return inside.as_posix()


def build_site(top: Path) -> None:
    """Write out/pages and out/site below a folder.

    Raises:
        subprocess.CalledProcessError: Zensical failed, and said why.
    """
    write_pages(top / "out" / "pages")
    if top != ROOT:
        shutil.copy(ROOT / CONFIG, top)
    build = [sys.executable, "-m", "zensical", "build", "--config-file", CONFIG, "--clean"]
    subprocess.run(build, cwd=top, check=True)
    site = top / "out" / "site"
    shutil.copy(ROOT / "docs" / "site" / SHIM, site / "assets")
    for page in site.glob("*.html"):
        html = page.read_text(encoding="utf-8")
        html = _SHIM_ELSEWHERE.sub(f'src="assets/{SHIM}"', html)
        if page.stem.endswith(".zh-CN"):  # browsers choose the shapes of characters by it
            html = html.replace('<html lang="en"', '<html lang="zh-CN"', 1)
        page.write_text(html, encoding="utf-8")


# -------------------------------------------------------------------- reference
def reference() -> str:
    """A page with the signature and the docstring of every public name, and of its public methods."""
    package = importlib.import_module("linewalker")
    parts = [
        "# Public names in detail\n",
        "Made of the docstrings. [Names for your own programs](api.md) has them by what they are for.\n",
    ]
    things = {name: getattr(package, name) for name in sorted(package.__all__, key=str.lower)}
    errors = {name: thing for name, thing in things.items() if inspect.isclass(thing) and issubclass(thing, Exception)}
    functions = {name: thing for name, thing in things.items() if not inspect.isclass(thing)}
    classes = {name: thing for name, thing in things.items() if name not in errors | functions}
    for heading, group in (("Functions", functions), ("Classes", classes), ("Errors", errors)):
        parts.append(f"## {heading}\n")
        parts += [_entry(name, thing) for name, thing in group.items()]
    return "\n".join(parts)


def _entry(name: str, thing: object) -> str:
    parts = [f"### `{name}` {{ #{name} }}\n"]
    is_class = inspect.isclass(thing)
    if not ((is_class and issubclass(thing, (enum.Enum, Exception))) or getattr(thing, "_is_protocol", False)):
        parts.append(f"```python\n{_signature(name, thing)}\n```\n")
    parts.append(prose(inspect.getdoc(thing) or ""))
    if not is_class:
        return "\n".join(parts)
    if issubclass(thing, enum.Enum):
        parts.append("Members: " + ", ".join(f"`{member.name}`" for member in thing) + "\n")
    for verb, member in _members(thing).items():
        if isinstance(member, property):
            parts.append(f"#### `{verb}` {{ #{name}.{verb} }}\n")
        else:
            parts.append(f"#### `{verb}()` {{ #{name}.{verb} }}\n\n```python\n{_signature(verb, member)}\n```\n")
        parts.append(prose(inspect.getdoc(member) or ""))
    return "\n".join(parts)


def _members(thing: type) -> dict[str, object]:
    """Public methods and properties with a docstring, those of bases of ours too, in the order of the source."""
    found: dict[str, object] = {}
    for base in reversed(thing.__mro__):
        if base.__module__.startswith("linewalker") and not issubclass(base, (enum.Enum, Exception)):
            for name, member in vars(base).items():
                plain = member.__func__ if isinstance(member, (staticmethod, classmethod)) else member
                if not name.startswith("_") and (inspect.isfunction(plain) or isinstance(plain, property)):
                    found[name] = plain
    return {name: member for name, member in found.items() if inspect.getdoc(member)}


def _signature(name: str, thing: object) -> str:
    """As a call is written, annotations without quotes; an argument a line if it is long."""
    signature = inspect.signature(thing)  # type: ignore[arg-type]
    given = [one for one in signature.parameters.values() if one.name not in ("self", "cls")]
    arguments = [re.sub(r"<[^<>]*>", "...", _argument(one)) for one in given]
    if any(one.kind is one.KEYWORD_ONLY for one in given) and not any(one.kind is one.VAR_POSITIONAL for one in given):
        arguments.insert([one.kind is one.KEYWORD_ONLY for one in given].index(True), "*")
    returned = "" if signature.return_annotation in (signature.empty, None) else f" -> {signature.return_annotation}"
    line = f"{name}({', '.join(arguments)}){returned}"
    return line if len(line) <= 74 else "\n".join([f"{name}(", *(f"    {one}," for one in arguments), f"){returned}"])


def _argument(one: inspect.Parameter) -> str:
    name = {one.VAR_POSITIONAL: "*", one.VAR_KEYWORD: "**"}.get(one.kind, "") + one.name
    kind = "" if one.annotation is one.empty else f": {one.annotation}"
    return f"{name}{kind}" if one.default is one.empty else f"{name}{kind}{' = ' if kind else '='}{one.default!r}"


def prose(docstring: str) -> str:
    """A docstring as Markdown: its sections of arguments, attributes and errors become lists."""
    lines, section = [], False
    for line in docstring.splitlines():
        if match := _SECTION.match(line):
            lines += ["", f"**{match[1]}**", ""]
            section = True
        elif section and (entry := _ENTRY.match(line)):
            lines.append(f"- `{entry[1]}`: {entry[2]}")
        elif section and line.strip():
            lines.append(("    " if line.startswith("     ") else "") + line.strip())
        else:
            section = section and not line
            lines.append(line)
    return "\n".join(lines).replace("``", "`") + "\n"


if __name__ == "__main__":
    build_site(ROOT)
