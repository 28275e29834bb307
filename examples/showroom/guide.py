"""The guide: a station without cars, put together out of what every station has, and a tour of orders in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from examples.showroom.crowd import Crowd
from examples.showroom.hall import Hall

from linewalker.brain.inspector import CarInspector
from linewalker.brain.language.interpretation import Because, Course, Interpretation
from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.vocabulary import Vocabulary
from linewalker.brain.memory.journal import Entry, Journal
from linewalker.brain.operator import Operator
from linewalker.brain.planning.problem import Span
from linewalker.brain.route import Waypoint
from linewalker.brain.skills.skills import SkillSet
from linewalker.brain.travel_time import Ways
from linewalker.console.conversation import Conversation, Ears
from linewalker.errors import StationFault, UnreachableError
from linewalker.inspection.title import Title
from linewalker.station.acting.errand_maker import ErrandMaker, Premises
from linewalker.station.acting.errand_runner import ErrandRunner
from linewalker.station.acting.log_book import LogBook
from linewalker.station.acting.performer import StationPerformer
from linewalker.station.acting.workplace import Proving, Workplace
from linewalker.station.approval.assistant import Reader
from linewalker.station.approval.performer import Phase
from linewalker.station.order_reading import order_reading
from linewalker.station.program import Crew
from linewalker.station.run_folder import JOURNAL_FILE, make_folder

_ROUGHLY = (0.85, 1.3)
_SAMPLED_M = 0.05
_NO_RECORDS = Title(zh="展厅里没有检测记录可查。", en="There are no inspection records in the hall.")


class HallReader:
    """Reads orders with the words of a hall; what they come to is spelt out of skills that every station has.

    Args:
        hall: the words, and what is said.
        reader: reads orders with them.
    """

    def __init__(self, hall: Hall, reader: Reader):
        self._hall, self._reader = hall, reader

    def read(self, order: str, after: Sequence[str] = ()) -> Interpretation:
        """What an order means after the earlier ones of its dialogue."""
        read = self._reader.read(order, after)
        steps = [step for goal in read.goals for step in self._hall.spelt_out(goal, read.language)]
        return replace(read, goals=tuple(steps))

    def stops(self, order: str) -> bool:
        """Whether it is to stop."""
        return self._reader.stops(order)


@dataclass(kw_only=True)
class Tally:
    """What happened while one order was carried out.

    Attributes:
        order: as it was given.
        outcome: what it was taken for; of one that is carried out, how that ended.
        walked_m, took_s: how far and how long.
        nearest_m: the least distance of robot and visitors; None: there were none.
        said: what was said, and where.
    """

    order: str
    outcome: str = ""
    walked_m: float = 0.0
    took_s: float = 0.0
    nearest_m: float | None = None
    said: list[str] = field(default_factory=list)

    @property
    def fine(self) -> bool:
        """Whether it was understood and all of it was done."""
        return self.outcome == Phase.DONE.value


@dataclass(kw_only=True, eq=False)
class Guide:
    """The robot of a hall that can be spoken to.

    Attributes:
        hall, crowd: where it is, and who is there.
        operator, performer, reader: what works it, and what understands.
        gap_m: how far it is from the nearest visitor; None: nobody is there. For the tally alone.
        tell: shows a line to people.
        tallies: of the orders so far.
    """

    hall: Hall
    crowd: Crowd
    operator: Operator
    performer: StationPerformer
    reader: Reader
    gap_m: Callable[[], float | None]
    tell: Callable[[str], None]
    tallies: list[Tally] = field(default_factory=list)
    skipped: int = 0
    _at: Any = None

    def order(self, text: str) -> Tally:
        """Give one order, and wait until nothing runs.

        Raises:
            StationFault: the robot fell, or can not go on.
        """
        tally, began_s = Tally(order=text), self.operator.now_s
        self.tallies.append(tally)
        heard: list[Interpretation] = []
        skipped = self.skipped
        ears = Ears(reader=self.reader, answer=_no_records, say=self.tell, show=lambda read: self._show(read, heard))
        conversation = Conversation(self.performer, ears, at_once=True)
        self.tell(f"> {text}")
        conversation.hear(text)
        self.performer.wait()
        if self.performer.fault is not None:
            raise StationFault(str(self.performer.fault)) from self.performer.fault
        tally.took_s = self.operator.now_s - began_s
        tally.outcome = heard[-1].course.value if heard else self.performer.progress().phase.value
        if self.skipped > skipped:
            tally.outcome = "skipped"
        return tally

    def say(self, text: str) -> None:
        """The voice of the robot."""
        middle = self.operator.motion.middle_W
        places = self.hall.places.items()
        near = [p.title.en for _, p in places if np.hypot(*(p.stance.p - middle[:2])) < 0.3]
        where = near[0] if near else f"{middle[0]:.1f}, {middle[1]:.1f} m"
        self.tell(f'[{self.operator.now_s:6.1f} s] at {where}: "{text}"')
        self.tallies[-1].said.append(text)

    def note(self, entry: Entry) -> None:
        """An entry of the journal."""
        if entry.code == "task_skipped":
            self.skipped += 1
        if entry.code in ("task_begun", "task_skipped", "detour", "way_waited_for", "went_on"):
            self.tell(f"[{entry.time_s:6.1f} s] {entry.text.en}")

    def tick(self) -> None:
        """Count, and let visitors walk on; after every control tick."""
        middle = self.operator.motion.middle_W[:2].copy()
        self.crowd.tick(self.operator.now_s, middle)
        if not self.tallies:
            return
        tally, gap_m = self.tallies[-1], self.gap_m()
        if gap_m is not None:
            tally.nearest_m = gap_m if tally.nearest_m is None else min(tally.nearest_m, gap_m)
        if self._at is None:
            self._at = middle
        elif (far_m := float(np.hypot(*(middle - self._at)))) > _SAMPLED_M:
            tally.walked_m, self._at = tally.walked_m + far_m, middle

    def _show(self, read: Interpretation, heard: list[Interpretation]) -> None:
        heard.append(read)
        because = read.because
        reason = "" if because is None else because.title.zh if read.language == "zh" else because.title.en
        self.tell(read.question or reason)


@contextmanager
def guide_at_work(
    hall: Hall,
    operator: Operator,
    skills: SkillSet,
    crowd: Crowd,
    folder: Path,
    *,
    gap_m: Callable[[], float | None],
    tell: Callable[[str], None] = print,
) -> Iterator[Guide]:
    """A guide that works as long as the block lasts.

    Args:
        hall: where.
        operator, skills: the robot.
        crowd: who is there.
        folder: for the journal.
        gap_m, tell: see `Guide`.
    """
    make_folder(folder)
    heard: list[Guide] = []
    log = LogBook(Journal(folder / JOURNAL_FILE), lambda: operator.now_s, lambda entry: heard[0].note(entry))
    nobody: Any = None  # no car ever comes
    inspector = CarInspector(operator, skills, hall.home)
    inspector.navigator.obstacles = lambda: (*hall.solids, *crowd.seen())
    crew = Crew(operator=operator, inspector=inspector, job_of=nobody, plant=nobody)
    workplace = Workplace(
        robot=operator.motion.profile.name,
        plan_fingerprint="",
        operator=operator,
        maker=ErrandMaker(Premises(skills=skills, places=hall.places, catalogues={})),
        proving=Proving(home=hall.home, walk=_walks(hall, operator), cost_s=lambda _: 0.0),
        runner=ErrandRunner(crew, skills, hall.home, None, log),
        log=log,
    )
    reading = order_reading(Lexicon(Vocabulary(packs=(hall.pack,))), folder, None)
    performer = StationPerformer(workplace)
    guide = Guide(
        hall=hall,
        crowd=crowd,
        operator=operator,
        performer=performer,
        reader=HallReader(hall, reading.reader),
        gap_m=gap_m,
        tell=tell,
    )
    heard.append(guide)
    skills.equipment.voice = guide.say
    operator.on_tick.append(guide.tick)
    with performer:
        yield guide


def _walks(hall: Hall, operator: Operator) -> Callable[[Waypoint, Waypoint], Span | None]:
    """How long walks between exhibits take where nobody stands in the way, about."""
    ways, (least, most) = Ways(hall.solids, operator.motion.profile.gait), _ROUGHLY

    def walk(here: Waypoint, there: Waypoint) -> Span | None:
        try:
            about_s = ways.duration_s(here, there)
        except UnreachableError:
            return None
        return Span(low_s=least * about_s, expected_s=about_s, high_s=most * about_s)

    return walk


def _no_records(read: Interpretation) -> Interpretation:
    return replace(read, course=Course.REFUSE, because=Because(code="no_records", title=_NO_RECORDS))
