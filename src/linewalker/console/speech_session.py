"""A dialogue that is spoken: ears, a microphone and, where the program is there, a voice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from linewalker.console.spoken_lines import Records, spoken_lines
from linewalker.errors import MissingPackage

if TYPE_CHECKING:
    from linewalker.brain.speech.hearing import Hearing
    from linewalker.brain.speech.sound import Sound
    from linewalker.brain.speech.voice import Voice


@dataclass(frozen=True, kw_only=True, eq=False)
class Speech:
    """What hears and speaks.

    Attributes:
        hearing: understands the words.
        microphone: records.
        voice: speaks; None: what is said back is only shown.
    """

    hearing: Hearing
    microphone: Records
    voice: Voice | None = None

    def lines(self, typed: Iterator[str], say: Callable[[str], None]) -> Iterator[str]:
        """What is typed, and what is said between two empty lines."""
        return spoken_lines(typed, self, self.hearing.hear, say)

    def aloud(self, say: Callable[[str], None]) -> Callable[[str], None]:
        """Shows a text as ``say`` does, and speaks it."""

        def both(text: str) -> None:
            say(text)
            if self.voice is not None:
                self.voice.begin(text)

        return both

    def begin(self) -> None:
        """Listen; who listens does not speak."""
        if self.voice is not None:
            self.voice.hush()
        self.microphone.begin()

    def end(self) -> Sound:
        """What was said since."""
        return self.microphone.end()


def open_speech(plan: Path | None) -> Speech:
    """Ears for the words of a plan, the microphone of this machine, and a voice if there is one.

    Raises:
        MissingPackage: what hears, or a microphone, is missing.
    """
    from linewalker.brain.speech.microphone import Microphone
    from linewalker.station.order_hearing import order_hearing
    from linewalker.station.spoken_names import lexicon_of

    return Speech(hearing=order_hearing(lexicon_of(plan)), microphone=Microphone(), voice=_voice())


def _voice() -> Voice | None:
    from linewalker.brain.speech.voice import Voice

    try:
        return Voice()
    except MissingPackage:
        return None
