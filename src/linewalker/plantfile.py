"""YAML files that a plant writes, read so that every complaint names file, line, key and what is allowed.

A `Node` is one value of the file together with the place it stands at. A reader walks the tree with typed getters
(`text`, `number`, `choice` ...); whatever is wrong comes out as an `InputError` that knows the place by itself.

Scalars are taken as the plant wrote them: ``badge: no``, ``wheels: 19`` and ``id: 007`` are the texts "no", "19" and
"007" when a text is asked for, whatever YAML 1.1 would make of them.
"""

from __future__ import annotations

import codecs
import difflib
import math
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from linewalker.errors import InputError

_TRUE, _FALSE = ("true", "yes", "on"), ("false", "no", "off")
_IN_EXCEL = "in Excel: save as CSV UTF-8"
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", re.ASCII | re.IGNORECASE)
_DEEPEST = 40  # levels of a value; a file of a plant has six
_TOO_DEEP = "brackets or keys within one another, too deep for a file of a plant"
_MOST_VALUES = 200_000  # a file of a plant has some thousands; more is an alias bomb


def allowed_text(word: str, allowed: Collection[str]) -> str:
    """``did you mean 'x'? Allowed: x, y, z`` for a message about a word that is not in ``allowed``."""
    if not allowed:
        return "none exist here"
    close = difflib.get_close_matches(word, list(allowed), n=3, cutoff=0.6)
    hint = "did you mean " + " or ".join(f"'{name}'" for name in close) + "? " if close else ""
    return f"{hint}Allowed: {', '.join(sorted(allowed))}"


def read_text(path: Path | str) -> str:
    """The text of a file in UTF-8, with or without byte-order mark, or in UTF-16 with one (Excel's "Unicode text").

    Raises:
        InputError: the file is missing, unreadable, or in another encoding (with the line of the first wrong byte).
    """
    try:
        raw = Path(path).read_bytes()
    except FileNotFoundError:
        raise InputError("there is no such file", file=path) from None
    except OSError as error:
        raise InputError(f"can not be read: {error.strerror}", file=path) from None
    except ValueError as error:  # a path with a NUL in it
        raise InputError(f"can not be read: {error}", file=repr(str(path))) from None
    wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        name = "UTF-16" if wide else "UTF-8"
        problem = f"byte 0x{raw[error.start]:02x} is not {name}; save the file with the encoding UTF-8 ({_IN_EXCEL})"
        raise InputError(problem, file=path, line=line) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise InputError(
            f"a zero byte: no text in UTF-8; save the file with that encoding ({_IN_EXCEL})", file=path, line=line
        )
    return text


@dataclass(frozen=True, kw_only=True)
class Node:
    """One value of a plant's file.

    Attributes:
        file: the file it stands in.
        line: its line, from 1.
        key: its path in the file, for example ``models.sedan.characteristics[3].tolerance``.
        content: the text of a scalar; the members of a mapping by key; the entries of a list; None for an empty value.
        quoted: the scalar stood in quotes, so it is a text even if it looks like a number.
        key_lines: for a mapping, the line of each key.
    """

    file: Path
    line: int
    key: str
    content: str | dict[str, Node] | tuple[Node, ...] | None
    quoted: bool = False
    key_lines: Mapping[str, int] = field(default_factory=dict)

    def error(self, problem: str) -> InputError:
        """The error to raise about this value; ``problem`` says what is wrong, what is allowed, what to do."""
        return InputError(problem, file=self.file, line=self.line, key=self.key or None)

    # ---------------------------------------------------------------- mappings
    def mapping(self) -> dict[str, Node]:
        """The members by key."""
        if not isinstance(self.content, dict):
            raise self.error(f"expected keys with values, found {self._found()}")
        return self.content

    def expect_keys(self, required: Collection[str], optional: Collection[str] = ()) -> None:
        """Raise if a key is unknown, or a required one is missing."""
        members = self.mapping()
        allowed = {*required, *optional}
        for name in members:
            if name not in allowed:
                raise self.key_error(name, f"unknown key; {allowed_text(name, allowed)}")
        for name in required:
            if name not in members:
                raise self.error(f"the key '{name}' is missing; required: {', '.join(required)}")

    def key_error(self, name: str, problem: str) -> InputError:
        """The error to raise about one key of this mapping (about the key itself, not about its value)."""
        return InputError(problem, file=self.file, line=self.key_lines.get(name, self.line), key=self._child(name))

    def __getitem__(self, name: str) -> Node:
        members = self.mapping()
        if name not in members:
            raise self.error(f"the key '{name}' is missing")
        return members[name]

    def __contains__(self, name: object) -> bool:
        return name in self.mapping()

    def items(self) -> Iterator[tuple[str, Node]]:
        """Keys and values in the order of the file."""
        yield from self.mapping().items()

    def _child(self, name: str) -> str:
        return f"{self.key}.{name}" if self.key else name

    # ---------------------------------------------------------------- lists and scalars
    def entries(self) -> tuple[Node, ...]:
        """The entries of a list."""
        if not isinstance(self.content, tuple):
            raise self.error(f"expected a list, found {self._found()}")
        return self.content

    def one_or_more(self) -> tuple[Node, ...]:
        """The entries of a list; a single value counts as a list of one."""
        return self.content if isinstance(self.content, tuple) else (self,)

    @property
    def is_list(self) -> bool:
        """True for a list."""
        return isinstance(self.content, tuple)

    @property
    def is_mapping(self) -> bool:
        """True for keys with values."""
        return isinstance(self.content, dict)

    def text(self) -> str:
        """A text that is not empty, of characters that can be stored and shown."""
        if not isinstance(self.content, str) or not self.content.strip():
            raise self.error(f"expected a text, found {self._found()}")
        for character in self.content:
            if unicodedata.category(character) in ("Cc", "Cs") and character not in "\t\r\n":
                raise self.error(f"the character U+{ord(character):04X} can be neither stored nor shown; take it out")
        return self.content.strip()

    def choice(self, allowed: Collection[str], what: str = "value") -> str:
        """A text out of ``allowed``; ``what`` names the kind of thing in the message."""
        word = self.text()
        if word not in allowed:
            raise self.error(f"unknown {what} '{word}'; {allowed_text(word, allowed)}")
        return word

    def number(self, *, low: float = -math.inf, high: float = math.inf, unit: str = "") -> float:
        """A finite number within ``low`` and ``high``; ``unit`` goes into the message."""
        value = self._number(unit)
        if not low <= value <= high:
            raise self.error(
                f"{value:g} {unit}".rstrip() + f" is outside the range {low:g} to {high:g} {unit}".rstrip()
            )
        return value

    def integer(self, *, low: int | None = None, high: int | None = None) -> int:
        """A whole number within ``low`` and ``high``."""
        value = self.number(low=-math.inf if low is None else low, high=math.inf if high is None else high)
        if value != int(value):
            raise self.error(f"expected a whole number, found {value:g}")
        return int(value)

    def flag(self) -> bool:
        """true or false."""
        word = self.content.lower() if isinstance(self.content, str) else ""
        if word not in _TRUE + _FALSE:
            raise self.error(f"expected true or false, found {self._found()}")
        return word in _TRUE

    def _number(self, unit: str) -> float:
        expected = f"a number in {unit}" if unit else "a number"
        if not isinstance(self.content, str) or self.quoted:
            raise self.error(f"expected {expected}, found {self._found()}")
        if not _NUMBER.fullmatch(self.content):
            hint = (
                "; write the decimal point as '.'" if "," in self.content else "; write the bare number, without unit"
            )
            raise self.error(f"expected {expected}, found {self._found()}{hint}")
        value = float(self.content)
        if not math.isfinite(value):
            raise self.error(f"expected {expected}, found {self._found()}")
        return value

    def _found(self) -> str:
        if self.content is None or self.content == "":
            return "nothing"
        if isinstance(self.content, str):
            return f"the text '{self.content}'" if len(self.content) <= 60 else "a long text"
        return "a list" if isinstance(self.content, tuple) else "keys with values"


class PlantFile:
    """Reads one YAML file."""

    @staticmethod
    def read(path: Path | str) -> Node:
        """The whole file as a tree of `Node`; its top must be keys with values.

        Raises:
            InputError: the file is missing, empty, not UTF-8, not YAML, or says a key twice.
        """
        return PlantFile.parse(read_text(path), path)

    @staticmethod
    def parse(text: str, path: Path | str) -> Node:
        """As `read`, for a text that came from elsewhere; ``path`` is only named in messages."""
        try:
            top = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            problem = "; ".join(part for part in (error.context, error.problem) if part)
            raise InputError(f"not YAML: {problem}", file=path, line=mark.line + 1 if mark else None) from None
        except RecursionError:
            raise InputError(_TOO_DEEP, file=path) from None
        except yaml.reader.ReaderError as error:
            line = text[: error.position].count("\n") + 1
            raise InputError(f"not YAML: {error.reason}", file=path, line=line) from None
        node = None if top is None else _Reader(Path(path)).convert(top, "", ())
        if node is None or node.content is None:
            raise InputError("the file is empty", file=path)
        if not node.is_mapping:
            raise node.error("expected keys with values at the top of the file")
        return node


class _Reader:
    """Turns PyYAML's composed nodes, which still know their lines, into `Node`."""

    def __init__(self, file: Path):
        self._file = file
        self._values = 0

    def convert(self, node: yaml.Node, key: str, above: tuple[int, ...]) -> Node:
        """``above``: identities of the nodes that contain this one; an alias to one of them would never end."""
        line = node.start_mark.line + 1
        self._values += 1
        if id(node) in above or self._values > _MOST_VALUES:
            raise InputError(
                "an alias (*) makes the file endless; write the values out", file=self._file, line=line, key=key
            )
        if len(above) > _DEEPEST:
            raise InputError(_TOO_DEEP, file=self._file, line=line)
        inside = (*above, id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, key, inside)
        if isinstance(node, yaml.SequenceNode):
            entries = tuple(self.convert(entry, f"{key}[{i}]", inside) for i, entry in enumerate(node.value))
            return Node(file=self._file, line=line, key=key, content=entries)
        quoted = isinstance(node, yaml.ScalarNode) and node.style is not None
        empty = node.tag == "tag:yaml.org,2002:null"
        content = None if empty and node.value in ("", "~", "null") else node.value
        return Node(file=self._file, line=line, key=key, content=content, quoted=quoted)

    def _mapping(self, node: yaml.MappingNode, key: str, inside: tuple[int, ...]) -> Node:
        members: dict[str, Node] = {}
        lines: dict[str, int] = {}
        for name_node, value_node in node.value:
            line = name_node.start_mark.line + 1
            if not isinstance(name_node, yaml.ScalarNode):
                raise InputError("a key must be a plain word", file=self._file, line=line, key=key or None)
            name = name_node.value
            path = f"{key}.{name}" if key else name
            if name in members:
                raise InputError(
                    f"this key stands twice, first in line {lines[name]}", file=self._file, line=line, key=path
                )
            lines[name] = line
            members[name] = self.convert(value_node, path, inside)
        return Node(file=self._file, line=node.start_mark.line + 1, key=key, content=members, key_lines=lines)
