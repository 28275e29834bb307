"""The stream of what a robot does now: server-sent events, out of the motion that grows in a folder.

Nothing here is ever waited for by whoever works the robot: this process reads the file that a station writes anyway.
One follower reads for all viewers. A viewer that reads too slowly, or not at all, misses what it did not take and is
told so (`skipped`); no more than a few messages are kept for all of them together.

Events: ``motion`` (a motion begins, or is gone over to: its document), ``moment`` (``t`` and what stands in the file),
``frames`` (a list of ``[t, [pose], [angles]]``, at most 30 in a second of the wall), ``balance`` (a list of
``[t, [com], [dcm], [[left sole], [right sole]]]``), ``laser`` (``t`` and points, mm), ``picture`` (``t``; ask
``/api/picture`` for it), ``line`` (``t`` and what line and station say), ``skipped``.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import AsyncIterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from linewalker.console.web.asking import library
from linewalker.console.web.library import Library, UnknownRun
from linewalker.console.web.motion_routes import laser_points, motion_document
from linewalker.station.motion.balance import BALANCE
from linewalker.station.motion.motion_file import (
    BALANCES,
    FRAMES,
    IMAGES,
    LASER,
    MOMENT,
    PICTURE,
    Block,
    MotionReader,
)

FRAMES_PER_S = 30.0
_LOOK_S, _SEEK_S, _BEAT_S = 0.1, 1.0, 5.0
_KEPT = 64
_DIGITS = 4


class Follower:
    """Reads the newest motion of all runs as long as somebody looks on.

    Args:
        library: the runs.
        run: only of this one; empty: of whichever is the newest.
    """

    def __init__(self, library: Library, run: str):
        self._library, self._run = library, run
        self.viewers = 0
        self._messages: deque[tuple[int, bytes]] = deque(maxlen=_KEPT)
        self._number = 0
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.opening = b""

    async def messages(self) -> AsyncIterator[bytes]:
        """What comes from now on; never more than a viewer takes."""
        self.viewers += 1
        if self._task is None:
            self._task = asyncio.create_task(self._follow())
        try:
            position, opening = self._number, self.opening
            if opening:
                yield opening
            while True:
                news = self._news
                waiting = [(number, message) for number, message in self._messages if number > position]
                if not waiting:
                    try:
                        await asyncio.wait_for(news.wait(), _BEAT_S)
                    except TimeoutError:
                        yield b": beat\n\n"
                    continue
                if waiting[0][0] > position + 1:
                    yield event("skipped", {})
                for number, message in waiting:
                    position = number
                    yield message
        finally:
            self.viewers -= 1
            if self.viewers == 0 and self._task is not None:
                self._task.cancel()
                self._task, self.opening = None, b""

    async def _follow(self) -> None:
        reader: MotionReader | None = None
        position, sought_s, shown_s = 0, 0.0, time.monotonic()
        while True:
            if time.monotonic() - sought_s > _SEEK_S:
                sought_s = time.monotonic()
                newest = await asyncio.to_thread(self._newest)
                if newest is not None and newest[2] is not reader:
                    run, name, reader = newest
                    position = len(reader.blocks)
                    self.opening = event("motion", {"run": run, **motion_document(name, reader)})
                    self._tell(self.opening)
            if reader is not None and _grown(reader):
                reader.refresh()
                new, position = reader.blocks[position:], len(reader.blocks)
                now_s = time.monotonic()
                for message in _told(reader, new, now_s - shown_s):
                    self._tell(message)
                shown_s = now_s
            await asyncio.sleep(_LOOK_S)

    def _newest(self) -> tuple[str, str, MotionReader] | None:
        wanted = [self._library.run(self._run)] if self._run else self._library.runs()
        found = [
            (reader.path.stat().st_mtime, entry.id, name, reader)
            for entry in wanted[-8:]
            for name, reader in self._library.motions(entry).items()
        ]
        if not found:
            return None
        _, run, name, reader = max(found, key=lambda one: one[0])
        return run, name, reader

    def _tell(self, message: bytes) -> None:
        self._number += 1
        self._messages.append((self._number, message))
        news, self._news = self._news, asyncio.Event()
        news.set()


def event(name: str, content: Any) -> bytes:
    """A server-sent event."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return f"event: {name}\ndata: {text}\n\n".encode()


def _grown(reader: MotionReader) -> bool:
    try:
        return reader.same_file and reader.path.stat().st_size > reader.end
    except OSError:
        return False


def _told(reader: MotionReader, blocks: list[Block], passed_s: float) -> list[bytes]:
    """Messages of new blocks; so many frames as a screen can show."""
    told = [message for one in blocks if one.kind not in (FRAMES, BALANCES) for message in _of_block(reader, one)]
    most = max(2, round(FRAMES_PER_S * min(passed_s, 1.0)))
    for kind, row, name, say in ((FRAMES, reader.frame, "frames", _frame), (BALANCES, BALANCE, "balance", _balance)):
        contents = [reader.content(one) for one in blocks if one.kind == kind]
        rows = np.frombuffer(b"".join(contents), row)
        if len(rows):
            chosen = rows[np.unique(np.linspace(0, len(rows) - 1, min(most, len(rows))).round().astype(int))]
            told.append(event(name, [say(one) for one in chosen]))
    return told


def _frame(frame: NDArray[Any]) -> list[Any]:
    pose, angles = frame["pose"].astype(float).round(_DIGITS), frame["q_rad"].astype(float).round(_DIGITS)
    return [round(float(frame["time_s"]), 3), pose.tolist(), angles.tolist()]


def _balance(row: NDArray[Any]) -> list[Any]:
    parts = (row[name].astype(float).round(_DIGITS).tolist() for name in ("com", "dcm", "feet"))
    return [round(float(row["time_s"]), 3), *parts]


def _of_block(reader: MotionReader, one: Block) -> list[bytes]:
    time_s = round(one.time_s, 3)
    if one.kind in (MOMENT, IMAGES):
        name = "moment" if one.kind == MOMENT else "line"
        return [event(name, {"t": time_s, **json.loads(reader.content(one))})]
    if one.kind == LASER:
        return [event("laser", {"t": time_s, "points": laser_points(reader.content(one))})]
    return [event("picture", {"t": time_s})] if one.kind == PICTURE else []


async def live(request: Request) -> Response:
    """What the robot does now; see the module."""
    run = request.query_params.get("run", "")
    if run:
        library(request).run(run)
    followers: dict[str, Follower] = request.app.state.followers
    if len(followers) > _KEPT and run not in followers:
        raise UnknownRun("too many runs are looked at")
    follower = followers.setdefault(run, Follower(library(request), run))
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(follower.messages(), media_type="text/event-stream", headers=headers)


ROUTES = [Route("/api/live", live)]
