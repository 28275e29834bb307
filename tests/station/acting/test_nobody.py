"""Nobody moves, and says so."""

from __future__ import annotations

from linewalker.brain.language.goal import Goal
from linewalker.station.acting.nobody import Nobody
from linewalker.station.approval.performer import Phase


def test_nothing_is_prepared_and_nothing_begins() -> None:
    nobody = Nobody()
    home = [Goal(skill="home")]
    assert nobody.prepare(home).code == nobody.append("P", home, {}).code == "no_station"
    nobody.pause()
    nobody.request_stop()
    nobody.resume()
    assert nobody.wait()
    assert (nobody.busy, nobody.held, nobody.fault) == (False, False, None)
    assert nobody.progress().phase is Phase.IDLE
    assert nobody.standing().speed_m_s is None
