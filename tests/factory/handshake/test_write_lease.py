"""One session speaks for the line, as long as its LifeCounter goes on."""

from __future__ import annotations

from linewalker.factory.handshake.write_lease import AFTER_THE_LOSS_S, COMES_BACK_S, WriteLease, Writer

LIFE_S = 5.0
LINE = Writer(session=1, identity=b"line", name="line")
AGAIN = Writer(session=2, identity=b"line", name="line")
OTHER = Writer(session=3, identity=b"other", name="other")


class Clock:
    """Seconds that pass when told to."""

    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def taken(clock: Clock) -> WriteLease:
    """A lease whose holder lives."""
    lease = WriteLease(LIFE_S, clock)
    assert lease.admits(LINE)
    lease.beats(1)
    lease.beats(2)
    return lease


def test_who_writes_once_keeps_nobody_out() -> None:
    lease = WriteLease(LIFE_S, Clock())
    assert lease.admits(LINE)
    lease.beats(1)
    assert lease.admits(OTHER)


def test_who_lives_holds_it_and_nobody_else() -> None:
    clock = Clock()
    lease = taken(clock)
    for count in range(3, 20):
        lease.beats(count)
        clock.now_s += 1.0
        assert not lease.admits(OTHER)
        assert not lease.admits(AGAIN)
        assert lease.admits(LINE)
    assert lease.holder is LINE


def test_a_counter_that_stands_still_is_no_life_and_the_same_line_comes_back_first() -> None:
    clock = Clock()
    lease = taken(clock)
    clock.now_s += COMES_BACK_S + 0.1
    lease.beats(2)
    assert not lease.admits(OTHER)
    assert lease.admits(AGAIN)
    assert lease.holder is AGAIN


def test_a_stranger_waits_until_the_station_has_given_the_line_up() -> None:
    clock = Clock()
    lease = taken(clock)
    clock.now_s += LIFE_S + AFTER_THE_LOSS_S
    assert not lease.admits(OTHER)
    clock.now_s += 0.1
    assert lease.admits(OTHER)
    assert lease.holder is OTHER


def test_who_says_goodbye_makes_room_at_once_for_anybody_but_in_a_job_for_the_same_line_only() -> None:
    for at_work in (False, True):
        lease = taken(Clock())
        lease.at_work = at_work
        lease.leaves(OTHER.session)
        assert not lease.admits(AGAIN)
        lease.leaves(LINE.session)
        assert lease.admits(OTHER) != at_work
        assert not at_work or lease.admits(AGAIN)
