"""The kit: which scenarios there are, in which order, with which cars."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.errors import InputError
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.hostile.kit import ALL, SCENARIOS, Kit, chosen, numbered
from linewalker.factory.hostile.scenario import Broken, Ending, NotShown, Scenario
from tests.factory.fake_program import FakeProgram
from tests.factory.handshake.plant import order
from tests.factory.hostile.crew import Crew
from tests.factory.hostile.test_bad_signals import LIMITS, QUICK
from tests.factory.memory_wire import MemoryWire


def test_names_are_one_each_and_all_are_chosen_at_once() -> None:
    names = [scenario.name for scenario in SCENARIOS]
    assert len(set(names)) == len(names)
    assert chosen([ALL]) == SCENARIOS
    assert [it.name for it in chosen(["garbage", "overrun", "overrun"])] == ["overrun", "garbage"]


def test_a_name_that_is_none_is_told_with_those_there_are() -> None:
    with pytest.raises(InputError, match=r"no scenario 'overrum'.*overrun.*flood"):
        chosen(["overrun", "overrum"])


@given(first=st.integers(0, 2**33))
def test_no_car_has_the_number_of_another(first: int) -> None:
    cars = list(islice(numbered([order(0), order(1)], first), 7))
    assert len({car.sequence for car in cars}) == 7
    assert [car.vin for car in cars[:2]] == [order(0).vin, order(1).vin]


def test_what_a_scenario_raises_is_how_it_ended_and_an_honest_car_comes_after_each() -> None:
    async def broken(_: object) -> str:
        raise Broken("it fell over")

    async def not_shown(_: object) -> str:
        raise NotShown("too quick")

    async def held(_: object) -> str:
        return "nothing happened"

    words = {"does": "x", "does_zh": "x", "must": "x", "must_zh": "x"}
    scenarios = [Scenario(name=play.__name__, play=play, **words) for play in (broken, not_shown, held)]
    port, crew, told = StationPort(LIMITS), Crew(0.02), []
    with MemoryWire(port) as wire, FakeProgram(port, crew) as program:
        kit = Kit(endpoint="memory", connect=wire.link, orders=numbered([order(0)], 1), patience=QUICK)
        findings = kit.play(scenarios, told.append)
    assert [(f.ending, f.seen) for f in findings] == [
        (Ending.BROKEN, "it fell over"),
        (Ending.NOT_SHOWN, "too quick"),
        (Ending.HELD, "nothing happened"),
    ]
    assert told == findings
    assert len(program.jobs) == 3


def test_a_station_that_serves_nobody_afterwards_did_not_hold() -> None:
    async def held(_: object) -> str:
        return "nothing happened"

    scenario = Scenario(name="held", play=held, does="x", does_zh="x", must="x", must_zh="x")
    with MemoryWire(StationPort(LIMITS)) as wire:  # no crew
        patience = type(QUICK)(ready_s=0.3, job_s=0.3, cycle_s=0.01)
        kit = Kit(endpoint="memory", connect=wire.link, orders=numbered([order(0)], 1), patience=patience)
        (finding,) = kit.play([scenario])
    assert finding.ending is Ending.BROKEN
    assert "afterwards" in finding.seen
