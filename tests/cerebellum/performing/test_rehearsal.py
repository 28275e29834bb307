"""What can not be danced is taken back, half as fast if it has to be, and said; nothing is passed unsaid."""

import numpy as np
import pytest

from linewalker.cerebellum.performing.audit import audit
from linewalker.cerebellum.performing.rehearsal import rehearse
from linewalker.errors import InputError
from tests.cerebellum.performing.short_dance import BEATS_S, dance, staging


def test_what_can_be_danced_is_left_as_it_is() -> None:
    done = rehearse(dance("side_touch"), BEATS_S, staging())
    assert done.changes == ()
    assert max(done.torque.values()) < 0.93


def test_too_fast_a_dance_goes_half_as_fast() -> None:
    quick_s = 0.3 + 0.24 * np.arange(60)
    done = rehearse(dance("side_steps"), quick_s, staging())
    assert done.changes[0].what == "half as fast"
    assert "no time" in str(done.changes[0])
    assert done.beats_s == pytest.approx(quick_s[::2])
    lands = [swing.land_s for swing in done.plan.swings]
    assert np.abs(np.array(lands)[:, None] - done.beats_s).min(axis=1).max() < 1e-9


def test_half_as_fast_a_dance_leaves_out_what_has_no_time() -> None:
    quick_s = 0.3 + 0.24 * np.arange(40)
    done = rehearse(dance("side_steps", "side_steps", "side_steps", "groove"), quick_s, staging())
    assert done.plan.timeline.names == ("side_steps", "groove")
    assert "2 phrases left out" in done.changes[0].what


def test_weak_arms_are_spared_and_it_is_said() -> None:
    done = rehearse(dance("raise_up", lead=2.0), BEATS_S, staging("talos"))
    assert done.changes
    assert all("arms to" in change.what or "swing to" in change.what for change in done.changes)
    assert any("arm_" in change.why for change in done.changes)
    assert audit(done.plan, staging("talos").body).findings == ()


def test_a_dance_needs_beats() -> None:
    with pytest.raises(InputError, match="beats"):
        rehearse(dance("groove"), np.array([1.0]), staging())
