"""``linewalker listen``: an order that was said, heard and understood; only what is confirmed moves anything."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from linewalker.brain.speech.microphone import Microphone
from linewalker.brain.speech.sound import Sound, read_wav
from linewalker.console.ask_command import names, understand
from linewalker.console.spoken_lines import LISTENING, in_words
from linewalker.console.terminal import terminal
from linewalker.station.order_hearing import order_hearing

if TYPE_CHECKING:
    from linewalker.brain.speech.hearing import Hearing
    from linewalker.console.listener import OrderOptions


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """An order that is said, and what it may speak of.

    Attributes:
        file: a WAV file; None: from the microphone.
        language: ``zh`` or ``en``; None: whichever it is.
        plan, runs, words: names, as `ask` takes them.
        after: the orders before it, oldest first.
    """

    file: Path | None
    language: str | None = None
    plan: Path | None = None
    runs: Sequence[Path] = ()
    words: Path | None = None
    after: Sequence[str] = ()


def listen(
    spoken: Spoken,
    options: OrderOptions | None = None,
    *,
    hearing: Hearing | None = None,
    as_json: bool,
) -> int:
    """Hear an order, print it and what it means; with a station, have it done once it is confirmed.

    Args:
        spoken: the order.
        options: with a simulated station to act in; without one nothing moves.
        hearing: hears; None: the recogniser that is installed.
        as_json: for machines.

    Returns:
        the exit code.

    Raises:
        InputError: a file is wrong.
        MissingPackage: what hears, or a microphone, is missing.
    """
    sound = None if spoken.file is None else read_wav(spoken.file)
    lexicon, history = names(spoken.plan, spoken.runs, spoken.words)
    hearing = order_hearing(lexicon) if hearing is None else hearing
    heard = hearing.hear(_recorded() if sound is None else sound, spoken.language)
    if not as_json:
        terminal().print(in_words(heard), soft_wrap=True, markup=False)
    document = {"heard": heard.text, "recognised": heard.recognised}
    if options is None or not heard.text:
        understand(heard.text, spoken.after, lexicon, history, heard=document, as_json=as_json)
        return 0
    from linewalker.console.order_commands import act_on

    return act_on(heard.text, spoken.after, options, heard=document, as_json=as_json)


def _recorded() -> Sound:
    """From the microphone, until Enter."""
    microphone = Microphone()
    microphone.begin()
    print(LISTENING, file=sys.stderr)
    sys.stdin.readline()
    return microphone.end()
