"""The spectrum: a tone is loudest in its band, and silence is flat."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.brain.speech.log_mel import BANDS, FRAMES, _bands, log_mel
from linewalker.brain.speech.sound import RATE_HZ
from tests.brain.speech.recordings import tone


@pytest.mark.parametrize("frequency_hz", [200.0, 440.0, 1000.0, 3000.0, 6000.0])
def test_a_tone_is_loudest_in_the_band_around_it(frequency_hz: float) -> None:
    heard = log_mel(tone(frequency_hz, 1.0).astype(np.float32))
    assert heard.shape == (BANDS, FRAMES)
    frequencies = np.fft.rfftfreq(400, 1.0 / RATE_HZ)
    loudest = int(heard[:, 50].argmax())
    inside = frequencies[_bands()[loudest] > 0.0]
    assert inside.min() - 40.0 <= frequency_hz <= inside.max() + 40.0


def test_the_spectrum_spans_no_more_than_eight_decades() -> None:
    heard = log_mel(tone().astype(np.float32))
    assert heard.max() - heard.min() == pytest.approx(2.0, abs=1e-5)
    assert np.ptp(log_mel(np.zeros(100, dtype=np.float32))) == 0.0


def test_ten_times_the_amplitude_is_two_decades_of_power() -> None:
    quiet, loud = (log_mel((scale * tone()).astype(np.float32)).max() for scale in (0.1, 1.0))
    assert loud - quiet == pytest.approx(2.0 / 4.0, abs=1e-4)


def test_bands_have_equal_areas() -> None:
    width_hz = RATE_HZ / 400
    areas = _bands().sum(axis=1) * width_hz
    np.testing.assert_allclose(areas[40:], 1.0, atol=0.08)
