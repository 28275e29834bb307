"""What line and station say to each other: every state once, and nobody is named in it."""

from __future__ import annotations

import json
from dataclasses import fields, replace

from linewalker.factory.handshake.faults import FaultCode
from linewalker.factory.handshake.signals import ZONES, LineImage, LineMode, LineResult, SignalType, StationImage
from linewalker.station.motion.line_talk import LineTalk, told_signals

NAMED = "LSVAA49J132047371"


def test_a_state_is_told_once_and_life_is_no_news() -> None:
    talk, line, station = LineTalk(), LineImage(mode=LineMode.AUTOMATIC), StationImage(ready=True)
    assert talk.news(line, station, True) is not None
    for count in range(3):
        alive = replace(line, life_counter=count), replace(station, life_counter=count, progress=0.1 * count)
        assert talk.news(*alive, True) is None
    gone = talk.news(line, station, False)
    assert gone is not None
    assert gone["connected"] is False
    assert talk.news(line, station, False) is None


def test_every_signal_that_is_kept_is_news_when_it_changes() -> None:
    line, station = LineImage(), StationImage()
    for image in (line, station):
        for name, signal in told_signals(type(image)):
            talk = LineTalk()
            talk.news(line, station, True)
            value = (True, *(False,) * (ZONES - 1)) if signal.length else signal.type is SignalType.BOOLEAN or 3
            changed = replace(image, **{name: value})
            said = talk.news(changed, station, True) if image is line else talk.news(line, changed, True)
            assert said is not None, name
            assert said["in" if image is line else "out"][name] == ([0] if signal.length else value)


def test_nobody_is_named() -> None:
    texts = {
        entry.name: NAMED
        for image in (LineImage, StationImage)
        for entry in fields(image)
        if entry.metadata["signal"].type is SignalType.STRING
    }
    line = LineImage(**{name: text for name, text in texts.items() if hasattr(LineImage(), name)}, sequence_no=7)
    station = StationImage(**{name: text for name, text in texts.items() if hasattr(StationImage(), name)})
    said = LineTalk().news(line, replace(station, fault_code=FaultCode.ROBOT_FELL, result=LineResult.NOK), True)
    assert said is not None
    assert NAMED not in json.dumps(said)
    assert (said["in"]["sequence_no"], said["out"]["fault_code"], said["out"]["result"]) == (7, 202, 2)
