"""A station at work that things go wrong in, on request."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from linewalker.brain.memory.journal import Entry
from linewalker.brain.route import disc
from linewalker.errors import SensorFailed, StorageFault
from linewalker.geometry import Pose
from linewalker.limbs.robot import Readings
from linewalker.station.acting.performer import StationPerformer
from linewalker.station.acting.workplace import Workplace


@dataclass
class Stage:
    """A station at work, and ways to make things go wrong in it.

    Attributes:
        place, performer: who works.
        judged: values that were judged, as whoever watches heard of them.
    """

    place: Workplace
    performer: StationPerformer
    judged: list[tuple[str, Any]] = field(default_factory=list)

    @property
    def robot(self) -> Any:
        """The simulated robot, with its physics."""
        return self.place.operator.robot

    @property
    def crew(self) -> Any:
        """Inspector and plant."""
        return self.place.runner._crew

    def at(self, time_s: float, do: Callable[[], object]) -> None:
        """Do something at a robot time."""
        due = [do]
        self.place.operator.on_tick.append(
            lambda: due.pop()() if due and self.place.operator.now_s >= time_s else None  # type: ignore[func-returns-value]
        )

    def push(self, speed_m_s: float) -> None:
        """From its right, all at once."""
        self.robot.data.qvel[1] += speed_m_s

    def feels(self, change: Callable[[Readings], Readings], since_s: float, until_s: float) -> None:
        """Changes what the robot feels for a while."""
        sense = self.robot.sense

        def changed() -> Readings:
            readings = sense()
            return change(readings) if since_s <= readings.time_s < until_s else readings

        self.robot.sense = changed

    def fails(self, sensor: str, times: int, after: int = 0) -> None:
        """A sensor gives nothing so many times, after it has worked for so many."""
        take, works, fails = getattr(self.robot, sensor), iter(range(after)), iter(range(times))

        def failing(name: str) -> Any:
            if next(works, None) is None and next(fails, None) is not None:
                raise SensorFailed(f"the {name} gives no data")
            return take(name)

        setattr(self.robot, sensor, failing)

    def gives(self, sensor: str, change: Callable[[Any], Any]) -> None:
        """A sensor gives something else."""
        take = getattr(self.robot, sensor)
        setattr(self.robot, sensor, lambda name: change(take(name)))

    def stands(self, x: float, y: float, *times_s: tuple[float, float]) -> None:
        """Somebody is reported on the floor from one time to another, perhaps several times."""
        operator, outline = self.place.operator, disc(x, y, 0.3)

        def there() -> bool:
            return any(since_s <= operator.now_s < until_s for since_s, until_s in times_s)

        self.crew.inspector.navigator.obstacles = lambda: (outline,) if there() else ()

    def breaks(self, error: Exception) -> None:
        """The first scan ends in an error that nobody foresaw."""
        skill = self.crew.inspector._skills["scan_seam"]
        do, left = skill.do, [error]

        def broken(values: Any, site: Any) -> Iterator[None]:
            if left:
                raise left.pop()
            return (yield from do(values, site))

        skill.do = broken

    def late(self, by_s: float) -> None:
        """The first car takes longer."""
        bring, operator, left = self.crew.plant.bring, self.place.operator, [by_s]

        def slowly(order: Any) -> Iterator[None]:
            yield from operator.wait(left.pop() if left else 0.0)
            yield from bring(order)

        self.crew.plant.bring = slowly

    def refuses(self, store: Any, method: str, times: int) -> None:
        """Records, or the journal, take nothing so many times."""
        take, left = getattr(store, method), iter(range(times))

        def refuse(*what: Any, **about: Any) -> Any:
            if next(left, None) is not None:
                raise StorageFault("no space left")
            return take(*what, **about)

        setattr(store, method, refuse)

    @property
    def records(self) -> Any:
        """Where results are committed."""
        assert self.place.runner._archive is not None
        return self.place.runner._archive.records

    @property
    def journal(self) -> Any:
        """Where it is written down what happens."""
        return self.place.log._journal

    def when(self, code: str, do: Callable[[], object]) -> None:
        """Do something as soon as the journal says this for the first time."""
        heard, due = self.place.log.listen, [do]

        def hear(entry: Entry) -> None:
            heard(entry)
            if entry.code == code and due:
                due.pop()()

        self.place.log.listen = hear


def blind(readings: Readings) -> Readings:
    return replace(readings, fix=None, tool_fixes=())


def elsewhere(readings: Readings) -> Readings:
    if readings.fix is None:
        return readings
    return replace(readings, fix=replace(readings.fix, X_WT=Pose.planar(0.6, 0.0, 0.0) @ readings.fix.X_WT))


def senseless(readings: Readings) -> Readings:
    return replace(readings, gyro_rad_s=np.full(3, np.nan))


def black(image: Any) -> Any:
    return replace(image, rgb=np.zeros_like(image.rgb))


def empty(profile: Any) -> Any:
    return replace(profile, z_mm=np.full_like(profile.z_mm, np.nan))


def ahead(by_s: float) -> Callable[[Readings], Readings]:
    """The robot's clock says that it is so much later."""
    return lambda readings: replace(readings, time_s=readings.time_s + by_s)
