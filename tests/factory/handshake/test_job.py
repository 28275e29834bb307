"""What program and handshake tell one another can not be said wrongly."""

from __future__ import annotations

import math
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.factory.handshake.job import CommittedResult, HandshakeLimits, Job
from linewalker.factory.handshake.signals import ZONES, LineMode, LineResult, StationImage, signals_of
from tests.factory.handshake.plant import VINS, Plant


@pytest.mark.parametrize("name", ["life_timeout_s", "program_timeout_s", "takt_s"])
@pytest.mark.parametrize("value", [0.0, -1.0, math.nan])
def test_patience_is_more_than_nothing(name, value):
    with pytest.raises(ValueError, match=f"{name} is .*; expected more than 0"):
        HandshakeLimits(**{name: value})


@given(zones=st.lists(st.integers(-3, ZONES + 3), max_size=4))
def test_zones_are_those_that_the_image_has(zones):
    if all(0 <= zone < ZONES for zone in zones):
        assert HandshakeLimits(zones=tuple(zones)).zones == tuple(zones)
    else:
        with pytest.raises(ValueError, match="expected numbers from 0 to 15"):
            HandshakeLimits(zones=tuple(zones))


@pytest.mark.parametrize("verdict", LineResult)
def test_what_was_not_judged_is_no_result(verdict):
    if verdict is LineResult.UNDEFINED:
        with pytest.raises(ValueError, match="OK, NOK or NOT_DECIDABLE"):
            CommittedResult(vin=VINS[0], sequence=1, result=verdict)
    else:
        assert CommittedResult(vin=VINS[0], sequence=1, result=verdict).result is verdict


def test_what_is_committed_stays_as_it_is():
    result = CommittedResult(vin=VINS[0], sequence=1, result=LineResult.NOK)
    with pytest.raises(FrozenInstanceError):
        result.result = LineResult.OK


def test_a_repeated_start_has_the_same_id_and_every_other_car_another():
    ids = []
    for number in (0, 0, 1):
        plant = Plant()
        plant.start(number)
        assert isinstance(plant.program.job, Job)
        ids.append(plant.program.job.job_id)
    assert ids[0] == ids[1] != ids[2]


def test_the_longest_id_fits_its_signal():
    [most] = [signal.most_characters for name, signal in signals_of(StationImage) if name == "job_id"]
    plant = Plant()
    plant.tell(mode=LineMode.AUTOMATIC, vehicle_in_place=True, enter_permit=(True,) * ZONES)
    assert plant.tell(vin=VINS[0], sequence_no=2**32 - 1).ready
    said = plant.tell(start_inspect=True)
    assert said.busy
    assert len(said.job_id) <= most
