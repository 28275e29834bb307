"""Nobody is kept out by connections that are only held; whoever speaks for the line keeps its own."""

from __future__ import annotations

from linewalker.factory.fieldbus.callers import MOST_CALLERS, Callers


class Clock:
    now_s = 0.0

    def __call__(self) -> float:
        self.now_s += 1.0
        return self.now_s


def test_when_one_too_many_comes_the_longest_silent_goes_but_never_the_line():
    dropped, speaker = [], []
    callers = Callers(lambda: speaker[0] if speaker else None, Clock())
    writers = [callers.comes("10.0.0.1", 5000 + i, lambda i=i: dropped.append(i)) for i in range(MOST_CALLERS)]
    assert not dropped
    speaker.append(writers[0].session)
    callers.heard(writers[1].session)
    callers.comes("10.0.0.2", 1, lambda: None)
    assert dropped == [2]
    callers.comes("10.0.0.2", 2, lambda: None)
    assert dropped == [2, 3]


def test_a_line_is_known_by_its_host_and_a_connection_by_its_number():
    callers = Callers(lambda: None)
    assert not callers
    first, second = (callers.comes("10.0.0.1", port, lambda: None) for port in (1, 2))
    assert first.identity == second.identity
    assert first.session != second.session
    assert first.name == "10.0.0.1:1"
    for writer in (first, second):
        assert callers
        callers.goes(writer.session)
    assert not callers


def test_at_the_end_all_are_hung_up():
    dropped, callers = [], Callers(lambda: None)
    for i in range(3):
        callers.comes("h", i, lambda i=i: dropped.append(i))
    callers.hang_up()
    assert dropped == [0, 1, 2]
    assert not callers
