"""Says texts aloud by the program espeak-ng, in Mandarin or English, whichever they are written in."""

from __future__ import annotations

import subprocess
from collections import deque
from pathlib import Path
from shutil import which
from threading import Lock, Thread

from linewalker.brain.language.spelling import language_of
from linewalker.errors import InputError, MissingPackage, StorageFault

LONGEST_TEXT = 2000
_VOICES = {"zh": "cmn", "en": "en-us"}
_PATIENCE_S = 600.0


class Voice:
    """Speaks.

    Raises:
        MissingPackage: the program is not there.
    """

    def __init__(self) -> None:
        program = which("espeak-ng")
        if program is None:
            raise MissingPackage(
                "发声需要程序 espeak-ng：apt install espeak-ng / to speak, install the program espeak-ng: "
                "apt install espeak-ng"
            )
        self._program = program
        self._lock = Lock()
        self._waiting: deque[str] = deque()
        self._speaker: Thread | None = None
        self._program_now: subprocess.Popen[str] | None = None

    def say(self, text: str, out: Path | None = None) -> None:
        """Say a text and wait for its end.

        Args:
            text: Chinese or English.
            out: a WAV file to write; None: through the loudspeaker.

        Raises:
            InputError: there is nothing to say, or too much.
            MissingPackage: there is no loudspeaker.
            StorageFault: the file can not be written.
        """
        if not any(c.isalnum() for c in text):
            raise InputError("没有可说的内容 / there is nothing to say: expected a text of words")
        if len(text) > LONGEST_TEXT:
            raise InputError(f"at most {LONGEST_TEXT} characters can be said at once; this has {len(text)}")
        done = subprocess.run(
            [*self._command(text), *([] if out is None else ["-w", str(out)])],
            input=text,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=_PATIENCE_S,
            check=False,
        )
        why = " ".join(done.stderr.split()) or f"exit code {done.returncode}"
        if out is not None and (done.returncode or not out.is_file() or not out.stat().st_size):
            raise StorageFault(f"{out} can not be written: {why}")
        if out is None and (done.returncode or "audio" in why.lower() or "alsa" in why.lower()):
            raise MissingPackage(
                "没有可用的扬声器；用 --out FILE.wav 写成文件 / there is no loudspeaker that works here; "
                f"write a file with --out FILE.wav ({why[:80]})"
            )

    def begin(self, text: str) -> None:
        """Say a text after what is still being said, without waiting; a loudspeaker that is not there is no fault."""
        with self._lock:
            self._waiting.append(text)
            if self._speaker is None or not self._speaker.is_alive():
                self._speaker = Thread(target=self._speak_on, name="speaks", daemon=True)
                self._speaker.start()

    def hush(self) -> None:
        """Say no more of what was begun."""
        with self._lock:
            self._waiting.clear()
            if self._program_now is not None:
                self._program_now.terminate()

    def _speak_on(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._speaker = None
                    return
                text = self._waiting.popleft()
                quiet = subprocess.DEVNULL
                self._program_now = subprocess.Popen(
                    self._command(text), stdin=subprocess.PIPE, stdout=quiet, stderr=quiet, text=True, encoding="utf-8"
                )
            self._program_now.communicate(text)

    def _command(self, text: str) -> list[str]:
        return [self._program, "-v", _VOICES[language_of(text)], "--stdin"]
