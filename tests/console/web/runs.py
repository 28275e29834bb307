"""Folders of runs as a station leaves them, small, and how their console is asked without a socket."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import numpy as np

from linewalker.console.bearer import Address, Token
from linewalker.console.web.application import application
from linewalker.console.web.gate import Gate
from linewalker.console.web.operators import Operators
from linewalker.factory.handshake.signals import LineImage, LineMode, StationImage
from linewalker.factory.records.records import Records
from linewalker.factory.records.results import CarResult
from linewalker.limbs.profiles import load_profile
from linewalker.station.motion import motion_file
from linewalker.station.motion.balance import balance_rows
from linewalker.station.motion.line_talk import LineTalk
from linewalker.station.motion.motion_file import (
    BALANCES,
    IMAGES,
    LASER,
    MOMENT,
    PICTURE,
    MotionHeader,
    block,
    frames_block,
    json_block,
)
from tests.factory.samples import HEADER, bad_car, good_car

HERE = Address(host="127.0.0.1", port=8600)
EVIL = "<img src=x onerror=alert(1)>"
JPEG = b"\xff\xd8a picture\xff\xd9"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
JOINTS = load_profile("g1").joints
BEGIN_S, END_S = 2.5, 12.5


def records(folder: Path, cars: Sequence[CarResult] = (good_car(), bad_car()), shifts: int = 1) -> Path:
    """Records of cars in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with Records(folder / "records.sqlite") as book:
        for number in range(shifts):
            run = book.begin_run(replace(HEADER, shift=f"shift-{number}.csv"))
            for car in cars:
                run.commit(car)
    return folder


def frame(time_s: float) -> np.ndarray:
    """Base pose and joint angles at a time: the robot walks round the front of the car."""
    angle = 0.1 * time_s
    numbers = np.zeros(7 + len(JOINTS))
    numbers[:7] = -1.5 * np.cos(angle), -1.8 * np.sin(angle), 0.75, 1.0, 0.0, 0.0, 0.0
    numbers[7:] = 0.3 * np.sin(time_s + np.arange(len(JOINTS)))
    return numbers


def moments(sequence: int = 1, begin_s: float = BEGIN_S) -> list[tuple[float, dict[str, Any]]]:
    """A car that comes, is looked at in two visits, and goes."""
    gap, badge = "gap_hood_fender_left", "variant_badge_rear"
    places = {gap: {"p": [0.2, -0.7, 0.4], "n": [0.0, -1.0, 0.2]}, badge: {"p": [3.6, 0.0, 0.5], "n": [1.0, 0.0, 0.0]}}
    visits = [
        {"stance": [0.2, -1.3, 1.5], "passing": False, "calls": [{"skill": "scan_seam", "for": [gap]}]},
        {"stance": [4.4, 0.0, 3.1], "passing": True, "calls": [{"skill": "look_at_part", "for": [badge]}]},
    ]
    budget = {"scanner": 0.01, "repeatability": 0.03}
    judged = [
        {gap: {"verdict": "OK", "reason": "inside_tolerance", "budget": budget}},
        {badge: {"verdict": "OK", "reason": "part_as_ordered", "budget": {}}},
    ]
    car = {
        "what": "car",
        "sequence": sequence,
        "attempt": 1,
        "model": "sedan",
        "options": {"paint": "red", "wheels": "sport"},
        "planned_s": 9.0,
        "takt_limit_s": 300.0,
        "footprint": [[-0.8, -0.9], [3.9, 0.9]],
        "visits": visits,
        "refused": [],
        "places": places,
    }
    return [
        (0.0, {"what": "state", "mode": "standing", "stop": "RUNNING", "why": ""}),
        (begin_s, car),
        (begin_s, {"what": "located", "X_WV": [0.01, 0.02, 0.33, 1.0, 0.0, 0.0, 0.0]}),
        (begin_s, {"what": "route", "way": [[-1.5, -1.8], [0.0, -1.8], [0.2, -1.3]]}),
        (begin_s + 4.0, {"what": "visit", "touched": False, "judged": judged[0]}),
        (begin_s + 5.0, {"what": "state", "mode": "walking", "stop": "HOLDING", "why": EVIL}),
        (begin_s + 6.0, {"what": "state", "mode": "walking", "stop": "RUNNING", "why": ""}),
        (begin_s + 8.0, {"what": "visit", "touched": False, "judged": judged[1]}),
        (END_S - BEGIN_S + begin_s, {"what": "gone", "sequence": sequence, "verdict": "OK"}),
    ]


def standing(time_s: float) -> np.ndarray:
    """How it stands at a time: on its left foot in odd seconds, on both in even ones."""
    x, y, _ = frame(time_s)[:3]
    lifted = 0.05 if int(time_s) % 2 else 0.0
    return np.array([x, y, 0.7, x + 0.02, y, x, y + 0.08, 0.0, 0.0, x, y - 0.08, lifted, 0.0])


def talk(sequence: int = 1) -> list[tuple[float, dict[str, Any]]]:
    """What line and station say to each other while they work a car."""
    line, station = LineImage(mode=LineMode.AUTOMATIC, sequence_no=sequence), StationImage(home_pos=True, ready=True)
    steps: list[tuple[float, dict[str, Any], dict[str, Any]]] = [
        (0.5, {}, {}),
        (2.0, {"vehicle_in_place": True}, {}),
        (2.5, {"start_inspect": True}, {"ready": False, "busy": True, "sequence_no": sequence, "home_pos": False}),
        (7.5, {}, {"fault_code": 205}),
        (8.5, {"fault_reset": True}, {"fault_code": 0}),
        (12.5, {"start_inspect": False}, {"busy": False, "done": True, "result": 1}),
    ]
    told, book = [], LineTalk()
    for time_s, in_, out in steps:
        line, station = replace(line, **in_), replace(station, **out)
        told.append((time_s, {"at": 1767323040.0 + time_s, **(book.news(line, station, True) or {})}))
    return told


def motion(folder: Path, name: str = "1", run: int = 1, until_s: float = 15.0) -> Path:
    """A motion in a folder."""
    header = MotionHeader(
        robot="g1", joints=JOINTS, base="pelvis", rate_hz=50.0, run=run, opened_at="2026-01-02T03:04:00Z"
    )
    timed: list[tuple[float, bytes]] = []
    for begin_s in (0.2 * i for i in range(round(until_s / 0.2))):
        times = [begin_s + 0.02 * k for k in range(10)]
        timed.append((begin_s, frames_block([(time_s, frame(time_s)) for time_s in times])))
        timed.append(
            (begin_s, block(BALANCES, begin_s, balance_rows([(t, standing(t)) for t in times[::2]]).tobytes()))
        )
    timed += [(time_s, json_block(MOMENT, time_s, moment)) for time_s, moment in moments() if time_s < until_s]
    timed += [(time_s, json_block(IMAGES, time_s, said)) for time_s, said in talk() if time_s < until_s]
    line = np.column_stack((np.linspace(0.1, 0.14, 20), np.full(20, -0.7), np.full(20, 0.6))).astype("<f4")
    seen = [(5.0, block(LASER, 5.0, line.tobytes())), (8.0, block(PICTURE, 8.0, JPEG))]
    timed += [one for one in seen if one[0] < until_s]
    path = folder / "motion" / f"{name}.motion"
    path.parent.mkdir(parents=True, exist_ok=True)
    ordered = (data for _, data in sorted(timed, key=lambda one: one[0]))
    path.write_bytes(json_block(motion_file.HEADER, 0.0, header.document()) + b"".join(ordered))
    return path


def whole_run(folder: Path) -> Path:
    """Records, motion and evidence of a run."""
    records(folder)
    motion(folder)
    (folder / "evidence").mkdir()
    (folder / "evidence" / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "evidence" / "b.svg").write_bytes(SVG)
    return folder


class Answer(NamedTuple):
    """What the console answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, decoded."""
        return json.loads(self.body)


class Console:
    """The console of some folders, asked without a socket."""

    def __init__(
        self,
        *folders: Path,
        address: Address = HERE,
        token: Token | None = None,
        operators: Operators | None = None,
    ):
        self.app: Gate = application(folders, address, token, operators)

    def ask(self, path: str, method: str = "GET", headers: dict[str, str] | None = None, **query: Any) -> Answer:
        """One request; ``from`` is spelt ``from_``."""
        return asyncio.run(self.asked(path, method, headers, **query))

    def tell(self, path: str, body: Any, headers: dict[str, str] | None = None) -> Answer:
        """Send JSON, or bytes as they are."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        given = {"content-type": "application/json", **(headers or {})}
        return asyncio.run(self.asked(path, "POST", given, content))

    async def asked(
        self,
        path: str,
        method: str = "GET",
        headers: dict[str, str] | None = None,
        content: bytes = b"",
        **query: Any,
    ) -> Answer:
        """As `ask`, in a loop that runs."""
        text = urlencode({name.rstrip("_"): value for name, value in query.items()})
        given = {"host": "127.0.0.1:8600", **(headers or {})}
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": text.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 8600),
        }
        told: list[dict[str, Any]] = []

        asked = iter([{"type": "http.request", "body": content, "more_body": False}])

        async def receive() -> dict[str, Any]:
            for message in asked:
                return message
            await asyncio.Event().wait()  # whoever asked stays
            raise AssertionError

        async def send(message: Any) -> None:
            told.append(message)

        await self.app(scope, receive, send)
        start = told[0]
        found = {name.decode(): value.decode() for name, value in start["headers"]}
        return Answer(start["status"], found, b"".join(message.get("body", b"") for message in told[1:]))
