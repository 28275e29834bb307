"""A tour that needs nobody to type: orders are given to the guide of a hall one after the other, and counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from linewalker.brain.language.interpretation import Interpretation
from linewalker.brain.memory.journal import Entry
from linewalker.console.conversation import Conversation, Ears
from linewalker.errors import StationFault
from linewalker.geometry import Array
from linewalker.station.acting.performer import StationPerformer
from linewalker.station.acting.workplace import Workplace
from linewalker.station.approval.assistant import Reader
from linewalker.station.approval.performer import Phase
from linewalker.station.hall.hall import Hall

ANSWERED = "answered"
_SAMPLED_M = 0.05
_TOLD = ("task_begun", "task_skipped", "detour", "way_waited_for", "went_on")


@dataclass(kw_only=True)
class Tally:
    """What happened while one order was carried out.

    Attributes:
        order: as it was given.
        outcome: what it was taken for; of one that is carried out, how that ended.
        walked_m, took_s: how far and how long.
        nearest_m: the least distance of robot and visitors; None: nobody was near.
        touched: whether it touched one of them, or an exhibit.
        said: what was said, and where.
    """

    order: str
    outcome: str = ""
    walked_m: float = 0.0
    took_s: float = 0.0
    nearest_m: float | None = None
    touched: bool = False
    said: list[str] = field(default_factory=list)

    @property
    def fine(self) -> bool:
        """Whether it was understood and all of it was done, and nobody was touched."""
        return self.outcome in (Phase.DONE.value, ANSWERED) and not self.touched


@dataclass(kw_only=True, eq=False)
class Guide:
    """The robot of a hall that can be spoken to.

    Attributes:
        hall: where it is.
        reader: understands.
        tell: shows a line to people.
        gap_m: how far it is from the nearest visitor; None: nobody is near. For the tally alone.
        tallies: of the orders so far.
    """

    hall: Hall
    reader: Reader
    tell: Callable[[str], None]
    gap_m: Callable[[], float | None] = lambda: None
    tallies: list[Tally] = field(default_factory=list)
    _place: Workplace | None = None
    _start_s: float = 0.0
    _at: Array | None = None

    def works_in(self, place: Workplace) -> None:
        """Count there from now on."""
        self._place, self._start_s = place, place.operator.now_s
        place.operator.on_tick.append(self._tick)

    def order(self, text: str, performer: StationPerformer) -> Tally:
        """Give one order, and wait until nothing runs.

        Raises:
            StationFault: the robot fell, or can not go on.
        """
        assert self._place is not None
        operator, tally = self._place.operator, Tally(order=text)
        began_s, operator.touched = operator.now_s, False
        self.tallies.append(tally)
        ears = Ears(reader=self.reader, answer=lambda read: read, say=self.tell, show=self._show)
        self.tell(f"> {text}")
        Conversation(performer, ears, at_once=True).hear(text)
        performer.wait()
        if performer.fault is not None:
            raise StationFault(str(performer.fault)) from performer.fault
        tally.took_s, tally.touched = operator.now_s - began_s, operator.touched
        tally.outcome = tally.outcome or performer.progress().phase.value
        return tally

    def say(self, text: str) -> None:
        """The voice of the robot."""
        assert self._place is not None
        operator = self._place.operator
        middle = operator.motion.middle_W
        near = [p.title.en for p in self.hall.places.values() if np.hypot(*(p.stance.p - middle[:2])) < 0.3]
        where = near[0] if near else f"{middle[0]:.1f}, {middle[1]:.1f} m"
        self.tell(f'[{operator.now_s - self._start_s:6.1f} s] at {where}: "{text}"')
        self.tallies[-1].said.append(text)

    def note(self, entry: Entry) -> None:
        """An entry of the journal."""
        if entry.code == "task_skipped":
            self.tallies[-1].outcome = "skipped"
        if entry.code in _TOLD:
            self.tell(f"[{entry.time_s:6.1f} s] {entry.text.en}")

    def _tick(self) -> None:
        assert self._place is not None
        middle = self._place.operator.motion.middle_W[:2].copy()
        if not self.tallies:
            return
        tally, gap_m = self.tallies[-1], self.gap_m()
        if gap_m is not None:
            tally.nearest_m = gap_m if tally.nearest_m is None else min(tally.nearest_m, gap_m)
        if self._at is None:
            self._at = middle
        elif (far_m := float(np.hypot(*(middle - self._at)))) > _SAMPLED_M:
            tally.walked_m, self._at = tally.walked_m + far_m, middle

    def _show(self, read: Interpretation) -> None:
        self.tallies[-1].outcome = ANSWERED if read.sentences else read.course.value
        self.tallies[-1].said += [text for text, _ in read.sentences]
        because = read.because
        reason = "" if because is None else because.title.zh if read.language == "zh" else because.title.en
        self.tell(read.answer or read.question or reason)
