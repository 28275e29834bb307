"""A writer that goes leaves nothing to be read but what it wrote."""

from __future__ import annotations

import time
from typing import Any

from linewalker.limbs.unitree.dds import Participant
from linewalker.limbs.unitree.messages import TOPICS, LowCommand
from tests.limbs.unitree.wires import come_true, free_domain


def _write_until_read(writer: Any, reader: Any) -> None:
    def read() -> bool:
        writer.write(LowCommand())
        return bool(reader.read(1))

    assert come_true(read)


def test_a_writer_that_goes_is_no_message_and_what_it_wrote_stays() -> None:
    domain = free_domain(7)
    with Participant("lo", domain) as robot:
        frames = robot.reader(TOPICS["command"], LowCommand, 8)
        with Participant("lo", domain) as station:
            _write_until_read(station.writer(TOPICS["command"], LowCommand), frames)
        assert come_true(lambda: robot.publishers(TOPICS["command"]) == 0)
        left = frames.take(8)
        assert left
        assert all(isinstance(frame, LowCommand) and frame.sound for frame in left)
        time.sleep(0.05)
        assert frames.take(8) == frames.read(8) == []
