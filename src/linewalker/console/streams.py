"""What is printed decides over nothing: what a terminal can not show is shown otherwise, what nobody reads is dropped.

A terminal may not know a character (Chinese Windows with GBK, a serial console with Latin-1, ASCII); it may be closed,
a pipe whose reader left, or a file on a full disk. The work of a command goes on in all of these.
"""

from __future__ import annotations

import codecs
import os
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from linewalker.messages.catalogue import say

_MARKS = {
    "✓": "+",
    "✗": "x",
    "○": "o",
    "…": "~",
    "–": "-",
    "—": "-",
    "±": "+-",
    "×": "x",
    "·": "-",
    "°": " deg",
    "µ": "u",
    "μ": "u",
}
_ASIDE, _LOSSLESS = "linewalker.aside", "linewalker.lossless"
_STANDARD_DESCRIPTORS = 3


def _plain_mark(character: str) -> str | None:
    """An ASCII look-alike of a mark, if it has one."""
    if "─" <= character <= "╿":  # lines of tables and bars
        return "-" if character in "─━╌╍┄┅┈┉╴╶╸╺═" else "|" if character in "│┃╎╏┆┇┊┋╵╷╹╻║" else "+"
    if "⠀" <= character <= "⣿":  # dots of a spinner
        return "."
    return _MARKS.get(character)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _shown_aside(error: UnicodeError) -> tuple[str, int]:
    """A codec's error handler: marks as look-alikes, other characters as question marks of the same width."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    marks = ("?" * _columns(character) if (mark := _plain_mark(character)) is None else mark for character in lost)
    shown = "".join(marks)
    wider, after = len(shown) - sum(map(_columns, lost)), error.object[error.end :]
    taken = min(
        max(wider, 0), len(after) - len(after.lstrip(" "))
    )  # from the blanks that follow: columns stay straight
    return shown, error.end + taken


def _shown_lossless(error: UnicodeError) -> tuple[str | bytes, int]:
    """A codec's error handler: marks as look-alikes, other characters by their numbers, for messages to be copied."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    mark = _plain_mark(error.object[error.start])
    if mark is not None:
        return mark, error.start + 1
    only = UnicodeEncodeError(error.encoding, error.object, error.start, error.start + 1, error.reason)
    return codecs.backslashreplace_errors(only)


class SteadyStream:
    """A text stream that writing to can not fail: once the one below takes no more, the rest is dropped.

    Everything else is asked of the stream below.
    """

    def __init__(self, stream: TextIO, name: str):
        self._stream, self._name = stream, name
        self.failure: OSError | ValueError | None = None

    def write(self, text: str) -> int:
        """Write what can be written."""
        try:
            self._attempt(lambda: self._stream.write(text))
        except UnicodeError:  # a stream of somebody else's, which can not be told how to show what it does not know
            plain = text.encode("ascii", "backslashreplace").decode("ascii")
            self._attempt(lambda: self._stream.write(plain))
        return len(text)

    def flush(self) -> None:
        """Flush what can be flushed."""
        self._attempt(self._stream.flush)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def _attempt(self, write: Callable[[], object]) -> None:
        if self.failure is not None:
            return
        try:
            write()
        except UnicodeError:
            raise
        except (OSError, ValueError) as failure:  # a ValueError is a closed stream's
            self.failure = failure
            _drain(self._stream)
            if not isinstance(failure, BrokenPipeError):  # a reader such as head leaves when it has seen enough
                print(say(f"{self._name} takes no more ({failure}); the work goes on, unseen"), file=sys.stderr)


def _drain(stream: TextIO) -> None:
    """Let a descriptor swallow what is still in buffers, so that the interpreter ends in peace."""
    try:
        descriptor = stream.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
    except (OSError, ValueError):  # it has none
        return
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _open_standard_descriptors() -> None:
    """Give descriptors that were closed an end, or the next file to be opened, records say, gets what is printed."""
    while (descriptor := os.open(os.devnull, os.O_RDWR)) < _STANDARD_DESCRIPTORS:
        pass
    os.close(descriptor)


@contextmanager
def steady_output() -> Iterator[None]:
    """Inside, nothing that is written to standard output or standard error can fail."""
    codecs.register_error(_ASIDE, _shown_aside)
    codecs.register_error(_LOSSLESS, _shown_lossless)
    _open_standard_descriptors()
    before = sys.stdout, sys.stderr
    sys.stdout = _steady(sys.stdout, "standard output", _ASIDE)
    sys.stderr = _steady(sys.stderr, "standard error", _LOSSLESS)
    try:
        yield
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        sys.stdout, sys.stderr = before


def _steady(stream: TextIO | None, name: str, errors: str) -> Any:
    if stream is None:  # it was closed before the interpreter started
        stream = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    if hasattr(stream, "reconfigure") and not stream.closed:
        stream.reconfigure(errors=errors)
    return SteadyStream(stream, name)
