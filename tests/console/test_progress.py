"""Progress on terminals that can draw and on those that can not."""

from __future__ import annotations

import io

from rich.console import Console

from linewalker.console.progress import ShiftProgress
from linewalker.inspection.verdict import Verdict
from linewalker.messages.language import Language, speaking
from tests.console.visits import visit_report
from tests.factory.samples import bad_car, build_order, good_car


def watch(console: Console, expected: int = 2) -> ShiftProgress:
    with ShiftProgress([build_order(i) for i in range(expected)], console) as progress:
        for car in (good_car(0), bad_car(1)):
            progress.car_begins(car.order, 8)
            for _ in range(8):
                progress.visit_done(visit_report(Verdict.OK, Verdict.NOK))
            progress.car_done(car)
    return progress


def plain(expected: int = 2) -> str:
    stream = io.StringIO()
    watch(Console(file=stream, width=60), expected)
    return stream.getvalue()


def test_a_plain_stream_gets_lines_without_control_characters():
    text = plain()
    assert "\x1b" not in text
    assert "car 1/2  LSVAA49J132047371  sedan: 8 visits" in text
    assert "  4/8 visits  4 ✓  4 ✗  0 ?  still about " in text
    assert "✓ OK in 150 s of robot time" in text
    assert "✗ NOK in 180 s of robot time: NOK: gap_hood_fender_left" in text
    assert len(text.splitlines()) <= 2 * (1 + 4 + 1)


def test_a_station_does_not_know_how_many_cars_come():
    assert "car 1  LSVAA49J132047371" in plain(expected=0)


def test_a_terminal_gets_a_bar_per_car():
    stream = io.StringIO()
    progress = watch(Console(file=stream, width=120, force_terminal=True, legacy_windows=False))
    text = stream.getvalue()
    assert "━" in text
    assert text.count("8/8") >= 2
    assert "✗ NOK" in text
    assert progress.cars == [good_car(0), bad_car(1)]


def test_the_first_line_comes_before_the_first_stop():
    stream = io.StringIO()
    with ShiftProgress([build_order()], Console(file=stream)) as progress:
        progress.car_begins(build_order(), 20)
        assert "20 visits" in stream.getvalue()


def test_a_dumb_terminal_is_treated_as_a_plain_stream(monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    stream = io.StringIO()
    watch(Console(file=stream, width=100, force_terminal=True))
    assert "━" not in stream.getvalue()
    assert "4/8 visits" in stream.getvalue()


def test_what_it_does_now_and_how_long_still_are_below_the_bars():
    now_s = [0.0]
    progress = ShiftProgress(
        [build_order(i) for i in range(3)], Console(file=io.StringIO()), now=lambda: "walking", clock=lambda: now_s[0]
    )
    progress.car_begins(build_order(), 10)
    assert progress._last_line() == "visit 1 of 10  walking"
    for _ in range(4):
        now_s[0] += 3.0
        progress.visit_done(visit_report(Verdict.OK))
    assert progress._last_line() == "visit 5 of 10  walking  still about 18 s for this car, 80 s for the shift"
    with speaking(Language.ZH):
        assert progress._last_line() == "第 5/10 处  行走  本车大约还要 18 秒，班次 80 秒"
    progress.car_done(good_car(0))
    assert progress._last_line() == ""
