"""Faults: every code has a meaning in both languages, and a robot whose place is in doubt clears no zone."""

from __future__ import annotations

import pytest

from linewalker.factory.handshake.faults import FAULT_MEANINGS, FAULT_REMEDIES, PLACE_IN_DOUBT, Fault, FaultCode
from linewalker.factory.handshake.signals import LineMode, SignalType, StationImage, signals_of
from tests.factory.handshake.plant import Plant

FAULTS = [code for code in FaultCode if code is not FaultCode.NONE]


def test_every_code_has_a_meaning_of_its_own_in_both_languages():
    assert set(FAULT_MEANINGS) == set(FaultCode)
    for texts in zip(*FAULT_MEANINGS.values()):
        assert all(texts)
        assert len(set(texts)) == len(texts)
    assert all(english.isascii() and not chinese.isascii() for english, chinese in FAULT_MEANINGS.values())


def test_every_fault_has_somebody_who_does_something_about_it():
    assert set(FAULT_REMEDIES) == set(FAULTS)
    for english, chinese in (texts for remedy in FAULT_REMEDIES.values() for texts in (remedy.who, remedy.what)):
        assert english.isascii()
        assert not chinese.isascii()


def test_no_fault_is_zero_and_every_code_fits_its_signal():
    [signal] = [signal for _, signal in signals_of(StationImage) if signal.name == "FaultCode"]
    assert signal.type is SignalType.UINT16
    assert (FaultCode.NONE, StationImage().fault_code) == (0, 0)
    assert all(0 < code < 2**16 for code in FAULTS)


def test_a_hundred_says_whose_doing_it_is():
    """1xx: the line took back what the job needs; only what the station or its robot did puts the place in doubt."""
    assert {code // 100 for code in FAULTS} == {1, 2}
    assert {code // 100 for code in PLACE_IN_DOUBT} == {2}


@pytest.mark.parametrize("code", FAULTS, ids=lambda code: code.name)
def test_zones_stay_clear_exactly_as_long_as_the_place_is_known(code):
    plant = Plant()
    plant.tell(mode=LineMode.AUTOMATIC)
    assert all(plant.tell().zone_clear)
    plant.station.fail(Fault(code=code, text="for a test"))
    said = plant.tell()
    assert (said.fault_code, said.fault_text) == (code, f"for a test / {FAULT_MEANINGS[code][1]}")
    assert set(said.zone_clear) == {code not in PLACE_IN_DOUBT}
    assert said.home_pos == (code not in PLACE_IN_DOUBT)
