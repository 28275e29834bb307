"""Finds what documents promise to run: their fenced blocks, and the commands in their text."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENTS = tuple(sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("examples/*.md")]))
LANGUAGES = ("sh", "python", "yaml", "csv", "json", "js", "toml", "text")
"""Everything but text is run by one of the tests beside this file."""

FENCED = re.compile(r"^( *)```([^\n`]*)\n(.*?)^ *```[^\S\n]*$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`((?:linewalker|make|python)(?: [^`]*)?)`")


@dataclass(frozen=True, kw_only=True)
class Block:
    """A fenced block.

    Attributes:
        document: path from the project's root, with forward slashes.
        line: of its first line of text.
        language: as the document says.
        text: without the indentation of the fence.
    """

    document: str
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.document}:{self.line}"


@dataclass(frozen=True, kw_only=True)
class Command:
    """A command line; ``whole`` if it stands in a block, else it may only name a command and some of its options."""

    place: str
    words: tuple[str, ...]
    whole: bool

    def __str__(self) -> str:
        return f"{self.place} {' '.join(self.words)}"


def blocks(*languages: str) -> list[Block]:
    """The blocks of all documents, in the order in which they stand; only those of some languages, if named."""
    found = []
    for path in DOCUMENTS:
        text = path.read_text(encoding="utf-8")
        for match in FENCED.finditer(text):
            indent, language, content = match.groups()
            lines = (line.removeprefix(indent) for line in content.splitlines(keepends=True))
            line = text[: match.start()].count("\n") + 2
            document = path.relative_to(ROOT).as_posix()
            found.append(Block(document=document, line=line, language=language.strip(), text="".join(lines)))
    return [block for block in found if not languages or block.language in languages]


def block(document: str, language: str) -> str:
    """The text of the only block of a language in a document."""
    [text] = [found.text for found in blocks(language) if found.document == document]
    return text


def commands() -> list[Command]:
    """Every line of every sh block, and every command in code within the text; a command named twice comes once."""
    found = {}
    for one in blocks("sh"):
        for i, line in enumerate(one.text.splitlines()):
            if words := tuple(shlex.split(line, comments=True)):
                found.setdefault(words, Command(place=f"{one.document}:{one.line + i}", words=words, whole=True))
    for path in DOCUMENTS:
        text = FENCED.sub("", path.read_text(encoding="utf-8"))
        for line in _INLINE.findall(text):
            words = tuple(shlex.split(line))
            found.setdefault(words, Command(place=path.relative_to(ROOT).as_posix(), words=words, whole=False))
    return list(found.values())
