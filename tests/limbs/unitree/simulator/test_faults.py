"""Faults: they are read, begin and end when they say, and each one shows in a state."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.limbs.unitree.messages import LowState
from linewalker.limbs.unitree.remote import Remote, read_remote, remote_bytes
from linewalker.limbs.unitree.simulator.faults import JOINT, Fault, FaultKind, active, spoil


@pytest.mark.parametrize("kind", FaultKind)
def test_a_fault_lasts_as_long_as_it_says(kind: FaultKind) -> None:
    fault = Fault.read(f"{kind.value}@12+0.05")
    assert fault == Fault(kind=kind, at_s=12.0, for_s=0.05)
    assert [fault.acts(t) for t in (11.99, 12.0, 12.049, 12.05)] == [False, True, True, False]
    assert active([fault, Fault.read(f"{kind.value}@0")], 99.0) == {kind}


@pytest.mark.parametrize(
    "text", ["", "cable", "cable@", "cable@x", "cable@1+", "wind@1", "cable@-1", "cable@1+0", "cable@nan"]
)
def test_a_fault_that_is_none_is_refused(text: str) -> None:
    if text == "cable@1+":
        assert Fault.read(text).for_s == float("inf")
        return
    with pytest.raises(InputError, match="fault"):
        Fault.read(text)


def sent(*wrong: FaultKind) -> LowState:
    state = LowState()
    state.image["tick"] = 100
    state.image["wireless_remote"] = list(remote_bytes(Remote()))
    spoil(state, frozenset(wrong), 98)
    return LowState.deserialize(state.serialize())


def test_each_fault_shows_and_only_one_breaks_the_checksum() -> None:
    assert sent().image["tick"] == 100
    assert sent(FaultKind.FROZEN).image["tick"] == 98
    assert np.isnan(sent(FaultKind.NAN).image["motor"]["q"][JOINT])
    assert sent(FaultKind.ENCODER).image["motor"]["q"][JOINT] == pytest.approx(0.3)
    assert sent(FaultKind.HOT).image["motor"]["temperature"][JOINT, 1] >= 120
    assert sent(FaultKind.ERROR).image["motor"]["motorstate"][JOINT] != 0
    assert not read_remote(sent(FaultKind.DEAD_REMOTE).image["wireless_remote"].tobytes()).there
    assert read_remote(sent(FaultKind.PRESSED_REMOTE).image["wireless_remote"].tobytes()).pressed == {"B"}
    assert [kind for kind in FaultKind if not sent(kind).sound] == [FaultKind.CRC]
