"""A voice says what it is given, in the language it is written in, by a program."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from linewalker.brain.speech.voice import LONGEST_TEXT, Voice
from linewalker.errors import InputError, MissingPackage, StorageFault

PROGRAM = """#!/bin/sh
printf '%s ' "$@" >> "{folder}/said"
cat >> "{folder}/said"
echo >> "{folder}/said"
[ -e "{folder}/mute" ] && {{ echo "ALSA lib: cannot find card" >&2; exit 0; }}
while [ $# -gt 0 ]; do [ "$1" = -w ] && echo RIFF > "$2"; shift; done
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """With a program that notes what it is to say."""
    program = tmp_path / "espeak-ng"
    program.write_text(PROGRAM.format(folder=tmp_path))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    return tmp_path


def said(folder: Path) -> str:
    return (folder / "said").read_text(encoding="utf-8")


@pytest.mark.parametrize(("text", "voice"), [("回原位", "cmn"), ("go home", "en-us"), ("测量 L1-gap 的间隙", "cmn")])
def test_the_script_chooses_the_language(text: str, voice: str, folder: Path) -> None:
    Voice().say(text)
    assert said(folder).startswith(f"-v {voice} --stdin {text}")


def test_a_text_is_never_an_option(folder: Path) -> None:
    Voice().say("-w /etc/passwd hello")
    assert said(folder) == "-v en-us --stdin -w /etc/passwd hello\n"


def test_a_file_is_written(folder: Path) -> None:
    Voice().say("hello", folder / "hello.wav")
    assert (folder / "hello.wav").read_text() == "RIFF\n"


def test_a_file_that_was_not_written_is_told(folder: Path) -> None:
    with pytest.raises(StorageFault, match=r"hello\.wav"):
        Voice().say("hello", folder / "no" / "hello.wav")


def test_a_loudspeaker_that_is_not_there_is_told(folder: Path) -> None:
    (folder / "mute").touch()
    with pytest.raises(MissingPackage, match=r"--out FILE\.wav"):
        Voice().say("hello")


@pytest.mark.parametrize("text", ["", "  ", "...", "x" * (LONGEST_TEXT + 1)])
def test_what_can_not_be_said_is_told(text: str, folder: Path) -> None:
    with pytest.raises(InputError):
        Voice().say(text)
    assert not (folder / "said").exists()


def test_without_the_program_its_name_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingPackage, match="apt install espeak-ng"):
        Voice()


def test_what_is_begun_is_said_in_turn(folder: Path) -> None:
    voice = Voice()
    voice.begin("one")
    voice.begin("two")
    speaker = voice._speaker
    if speaker is not None:
        speaker.join(30.0)
    assert [line.split()[-1] for line in said(folder).splitlines()] == ["one", "two"]
    voice.hush()
