"""Lines of a dialogue that are typed or said: an empty line begins to listen, the next one ends it.

What was heard becomes a line like any other, so nothing moves before it was read back and confirmed, and a stop acts at
once. A yes counts only if it was heard clearly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Protocol

from linewalker.console.conversation import YES

if TYPE_CHECKING:
    from linewalker.brain.speech.hearing import Heard
    from linewalker.brain.speech.sound import Sound

LISTENING = "正在听……说完按回车 / listening ... press Enter when you have spoken"
NOTHING_HEARD = "没有听到 / nothing was heard"
UNCLEAR = "听得不够清楚，不算确认；请打字 y / that was not clear enough for a yes; type y"


class Records(Protocol):
    """A microphone."""

    def begin(self) -> None:
        """Start recording."""

    def end(self) -> Sound:
        """Stop recording; what was recorded."""


def spoken_lines(
    lines: Iterator[str], microphone: Records, hear: Callable[[Sound], Heard], say: Callable[[str], None]
) -> Iterator[str]:
    """Lines as they are typed, and what is said between two empty ones.

    Args:
        lines: as they are typed.
        microphone: records.
        hear: understands the words.
        say: shows what goes on.
    """
    for line in lines:
        if line.strip():
            yield line
            continue
        microphone.begin()
        say(LISTENING)
        after = next(lines, None)
        sound = microphone.end()
        if after is None:
            return
        if after.strip():  # typed while it listened: that goes first, it may be a stop
            yield after
            continue
        heard = hear(sound)
        say(in_words(heard))
        if heard.text and not heard.sure and heard.text.lower() in YES:
            say(UNCLEAR)
        elif heard.text:
            yield heard.text


def in_words(heard: Heard) -> str:
    """What was heard, for a person."""
    if not heard.text:
        return NOTHING_HEARD
    return f"听到：{heard.text}" if heard.language == "zh" else f"heard: {heard.text}"
