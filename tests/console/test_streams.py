"""Printing can not fail: on terminals that know few characters, into pipes nobody reads, full disks, closed streams."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.console.streams import steady_output

ENCODINGS = ("utf-8", "gbk", "latin-1", "ascii", "cp1252", "cp437", "shift_jis")


def printed(text: str, encoding: str, monkeypatch: pytest.MonkeyPatch, *, stream: str = "stdout") -> str:
    """What a terminal of an encoding shows of a text."""
    below = io.BytesIO()
    with monkeypatch.context() as patched:
        patched.setattr(sys, stream, io.TextIOWrapper(below, encoding=encoding, write_through=True))
        with steady_output():
            getattr(sys, stream).write(text)
        return below.getvalue().decode(encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=st.text(st.characters(exclude_characters="\r\n"), max_size=40))
def test_any_text_can_be_printed_anywhere(encoding: str, text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        shown = printed(text, encoding, patch)
        told = printed(text, encoding, patch, stream="stderr")
    known = text.encode(encoding, "ignore").decode(encoding)
    assert set(known) <= set(shown)
    assert set(known) <= set(told)


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", "✓ OK ━━│ 3.30 … 4.70 ± 0.08 车"),
        ("gbk", "+ OK ━━│ 3.30 … 4.70 ± 0.08 车"),
        ("latin-1", "+ OK --| 3.30 ~ 4.70 ± 0.08 ??"),
        ("ascii", "+ OK --| 3.30 ~ 4.70 +-0.08 ??"),
    ],
)
def test_marks_become_readable_and_columns_stay_straight(monkeypatch, encoding: str, shown: str) -> None:
    text = "✓ OK ━━│ 3.30 … 4.70 ± 0.08 车"
    assert printed(text, encoding, monkeypatch) == shown

    def columns(line: str) -> int:
        return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)

    assert columns(shown) == columns(text)


def test_a_message_can_be_told_from_what_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert printed("✗ 车.csv: there is no such file", "ascii", monkeypatch, stream="stderr") == (
        "x \\u8f66.csv: there is no such file"
    )


def test_a_stream_that_can_not_be_told_how_is_given_escapes(monkeypatch: pytest.MonkeyPatch) -> None:
    class Strict(io.StringIO):
        def write(self, text: str) -> int:
            text.encode("ascii")
            return super().write(text)

    stream = Strict()
    monkeypatch.setattr(sys, "stdout", stream)
    with steady_output():
        print("✓ OK")
    assert stream.getvalue() == "\\u2713 OK\n"


PROGRAM = """
import os, sys
from linewalker.console.streams import steady_output
with steady_output():
    for i in range(20000):
        print("line", i)
    print("said", file=sys.stderr)
    with open(sys.argv[1], "w") as result:
        result.write(str(result.fileno()))
"""


def worked(tmp_path, redirection: str) -> tuple[int, str, str]:
    """Exit code, standard error and result of a program that prints a lot, run by a shell."""
    program, result = tmp_path / "program.py", tmp_path / "result"
    program.write_text(PROGRAM, encoding="utf-8")
    environment = {**os.environ, "PYTHON": sys.executable, "PROGRAM": str(program), "RESULT": str(result)}
    command = f'"$PYTHON" "$PROGRAM" "$RESULT" {redirection}'
    done = subprocess.run(["bash", "-c", command], env=environment, capture_output=True, text=True, encoding="utf-8")
    return done.returncode, done.stderr, result.read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="asks a shell of Unix")
@pytest.mark.parametrize(
    ("redirection", "told"),
    [
        ("| head -1 > /dev/null; exit ${PIPESTATUS[0]}", "said\n"),
        (">&-", "said\n"),
        ("2>&-", ""),
        ("<&- >&- 2>&-", ""),
        ("2>&1 | true; exit ${PIPESTATUS[0]}", ""),
    ],
)
def test_the_work_is_done_whoever_reads(tmp_path, redirection: str, told: str) -> None:
    code, said, descriptor = worked(tmp_path, redirection)
    assert (code, said) == (0, told)
    assert int(descriptor) > 2  # no file of ours is where others print


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a full disk")
def test_a_full_disk_is_told_once(tmp_path) -> None:
    code, told, _ = worked(tmp_path, "> /dev/full")
    assert code == 0
    assert told.count("standard output takes no more") == 1
    assert told.endswith("said\n")


def test_a_stream_that_was_closed_takes_nothing_and_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    stream.close()
    monkeypatch.setattr(sys, "stdout", stream)
    with steady_output():
        print("nobody hears this")
    assert sys.stdout is stream
