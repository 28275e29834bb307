"""The stream: what is recorded now reaches every viewer, and nobody waits for one who does not read."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from linewalker.console.web import live_stream
from linewalker.console.web.library import Library
from linewalker.console.web.live_stream import Follower, event
from linewalker.station.motion.balance import balance_rows
from linewalker.station.motion.motion_file import (
    BALANCES,
    IMAGES,
    LASER,
    MOMENT,
    PICTURE,
    block,
    frames_block,
    json_block,
)
from tests.console.web.runs import EVIL, JOINTS, Console, frame, motion, records, standing


def grow(path: Path, begin_s: float, count: int = 10) -> None:
    with open(path, "ab") as stream:
        stream.write(frames_block([(begin_s + 0.02 * k, frame(begin_s + 0.02 * k)) for k in range(count)]))


async def told(messages: AsyncIterator[bytes], wanted: str) -> Any:
    """The content of the next event of that name."""
    async with asyncio.timeout(30.0):
        async for message in messages:
            name, _, rest = message.decode().partition("\n")
            if name == f"event: {wanted}":
                return json.loads(rest.removeprefix("data: "))
    raise AssertionError(wanted)


def test_what_is_recorded_is_told(tmp_path: Path) -> None:
    path = motion(records(tmp_path / "run"), until_s=3.0)

    async def watch() -> None:
        messages = Follower(Library([tmp_path]), "run:1").messages()
        opening = await told(messages, "motion")
        assert (opening["run"], opening["motion"], len(opening["cars"])) == ("run:1", "1", 1)
        grow(path, 3.0)
        frames = await told(messages, "frames")
        t, pose, angles = frames[-1]
        assert abs(t - 3.18) < 1e-6
        assert abs(pose[0] - frame(3.18)[0]) < 1e-4
        assert max(abs(a - b) for a, b in zip(angles, frame(3.18)[7:])) < 1e-4
        with open(path, "ab") as stream:
            stream.write(json_block(MOMENT, 3.3, {"what": "state", "why": EVIL}) + block(PICTURE, 3.3, b"x"))
            stream.write(block(LASER, 3.4, b"\0" * 24) + json_block(IMAGES, 3.5, {"connected": True}))
            stream.write(block(BALANCES, 3.6, balance_rows([(3.6, standing(3.6))]).tobytes()))
        assert await told(messages, "moment") == {"t": 3.3, "what": "state", "why": EVIL}
        assert await told(messages, "picture") == {"t": 3.3}
        assert (await told(messages, "laser"))["points"] == [[0.0] * 3] * 2
        assert await told(messages, "line") == {"t": 3.5, "connected": True}
        ((t, com, dcm, feet),) = await told(messages, "balance")
        assert (t, com[2], len(dcm), len(feet)) == (3.6, 0.7, 2, 2)
        await messages.aclose()  # type: ignore[attr-defined]

    asyncio.run(watch())


def test_a_new_start_is_gone_over_to(tmp_path: Path) -> None:
    folder = records(tmp_path / "run")
    os.utime(motion(folder, until_s=3.0), (1.0, 1.0))

    async def watch() -> None:
        messages = Follower(Library([tmp_path]), "").messages()
        assert (await told(messages, "motion"))["motion"] == "1"
        motion(folder, "2", until_s=1.0)
        assert (await told(messages, "motion"))["motion"] == "2"
        await messages.aclose()  # type: ignore[attr-defined]

    asyncio.run(watch())


def test_a_viewer_that_does_not_read_holds_up_nobody_and_is_told_what_it_missed(tmp_path: Path) -> None:
    path = motion(records(tmp_path / "run"), until_s=3.0)

    async def watch() -> None:
        follower = Follower(Library([tmp_path]), "run:1")
        asleep, awake = follower.messages(), follower.messages()
        await told(asleep, "motion")
        await told(awake, "motion")
        for i in range(200):
            follower._tell(event("frames", [i]))
        assert len(follower._messages) == live_stream._KEPT
        grow(path, 3.0)
        await told(asleep, "skipped")
        assert (follower.viewers, len(await told(awake, "frames")) > 0) == (2, True)
        for messages in (asleep, awake):
            await messages.aclose()  # type: ignore[attr-defined]
        assert (follower.viewers, follower._task) == (0, None)

    asyncio.run(watch())


def test_as_many_frames_as_a_screen_can_show_and_few_bytes(tmp_path: Path) -> None:
    from linewalker.station.motion.motion_file import FRAMES, MotionReader

    path = motion(tmp_path, until_s=10.0)
    reader = MotionReader(path)
    frames = [one for one in reader.blocks if one.kind == FRAMES]
    second = live_stream._told(reader, frames, passed_s=1.0)
    assert len(json.loads(second[-1].decode().partition("data: ")[2])) == 30
    assert len(second[-1]) < 60_000 / 4
    assert len(JOINTS) == 29


def test_a_run_that_there_is_not_has_no_stream(tmp_path: Path) -> None:
    assert Console(records(tmp_path / "run")).ask("/api/live", run="none:1").status == 404
