"""``linewalker say``: a text aloud, or into a file."""

from __future__ import annotations

from pathlib import Path

from linewalker.brain.speech.voice import Voice


def say(text: str, out: Path | None) -> None:
    """Say a text in the language it is written in.

    Args:
        text: Chinese or English.
        out: a WAV file to write; None: through the loudspeaker.

    Raises:
        InputError: there is nothing to say, or too much.
        MissingPackage: the program that speaks, or a loudspeaker, is missing.
        StorageFault: the file can not be written.
    """
    Voice().say(text, out)
