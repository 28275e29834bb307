"""What the robot did: motions of a run, their frames, laser lines and pictures."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import Any

import numpy as np
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from linewalker.console.web.asking import Json, asked_run, library, number
from linewalker.console.web.library import UnknownRun
from linewalker.station.motion.motion_file import LASER, PICTURE, MotionReader

_QUIET_S = 5.0
_LONGEST_S = 1800.0
_BINARY = "application/octet-stream"


def motions(request: Request) -> Response:
    """What was recorded of a run: of every start its header, its moments, and the cars with their times."""
    entry = asked_run(request)
    found = library(request).motions(entry)
    return Json({"run": entry.id, "motions": [motion_document(name, reader) for name, reader in found.items()]})


def motion_document(name: str, reader: MotionReader) -> dict[str, Any]:
    """A motion in short."""
    age_s = time.time() - reader.path.stat().st_mtime
    header = reader.header.document()
    del header["run"]  # the number of the shift; here a run is known by its whole id
    return {
        "motion": name,
        **header,
        "last_s": reader.last_s,
        "growing": age_s < _QUIET_S,
        "cars": cars_of(reader),
        "moments": [[time_s, moment] for time_s, moment in reader.moments if moment["what"] != "car"],
        "pictures": [one.time_s for one in reader.blocks if one.kind == PICTURE],
    }


def cars_of(reader: MotionReader) -> list[dict[str, Any]]:
    """The cars of a motion, each with when it came and went; ``end_s`` is null for one that is there."""
    cars: list[dict[str, Any]] = []
    for time_s, moment in reader.moments:
        if moment["what"] == "car":
            cars.append({**moment, "begin_s": time_s, "end_s": None})
        elif moment["what"] == "gone" and cars and cars[-1]["end_s"] is None:
            cars[-1].update(end_s=time_s, verdict=moment["verdict"])
    for before, after in pairwise(cars):  # a program that died told of no end
        before["end_s"] = before["end_s"] or after["begin_s"]
    return cars


def frames(request: Request) -> Response:
    """Frames in [from, to): as they lie in the file, see `linewalker.station.motion.motion_file`."""
    begin_s, end_s = _span(request)
    return Response(_reader(request).frames(begin_s, end_s).tobytes(), media_type=_BINARY)


def balance(request: Request) -> Response:
    """How the robot stood in [from, to): samples, see `linewalker.station.motion.balance`."""
    begin_s, end_s = _span(request)
    return Response(_reader(request).balances(begin_s, end_s).tobytes(), media_type=_BINARY)


def lasers(request: Request) -> Response:
    """Laser lines in [from, to): of each its time and its points in the station, mm."""
    reader, (begin_s, end_s) = _reader(request), _span(request)
    lines = [(one.time_s, reader.content(one)) for one in reader.select(LASER, begin_s, end_s)]
    return Json([[round(time_s, 3), laser_points(content)] for time_s, content in lines])


def laser_points(content: bytes) -> list[list[float]]:
    """Points (k, 3) of a laser line, mm."""
    points = np.frombuffer(content, "<f4").reshape(-1, 3).astype(float)
    return [[round(1e3 * float(value), 1) for value in point] for point in points]


def picture(request: Request) -> Response:
    """The newest picture of the camera that was taken at or before ``at``."""
    reader, at_s = _reader(request), number(request, "at", np.inf)
    taken = [one for one in reader.blocks if one.kind == PICTURE and one.time_s <= at_s + 1e-3]
    if not taken:
        raise UnknownRun("no picture was taken before")
    return Response(reader.content(taken[-1]), media_type="image/jpeg", headers={"cache-control": "max-age=3600"})


def _reader(request: Request) -> MotionReader:
    return library(request).motion(asked_run(request), request.query_params.get("motion", "1"))


def _span(request: Request) -> tuple[float, float]:
    begin_s = number(request, "from", 0.0)
    return begin_s, min(number(request, "to", np.inf), begin_s + _LONGEST_S)


ROUTES = [
    Route("/api/motions", motions),
    Route("/api/frames", frames),
    Route("/api/balance", balance),
    Route("/api/lasers", lasers),
    Route("/api/picture", picture),
]
