"""The process of the server: what it publishes, in which order, and what the line is told when nobody is behind it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linewalker.factory.handshake.faults import FaultCode
from linewalker.factory.handshake.signals import ZONES, LineResult, StationImage
from linewalker.factory.opcua.server_process import changes, orphaned

images = st.builds(
    StationImage,
    busy=st.booleans(),
    done=st.booleans(),
    result=st.integers(0, 3),
    result_json=st.sampled_from(["", "{}"]),
    vin=st.sampled_from(["", "LSVAA49J132047371"]),
)


@given(images, images)
def test_done_rises_last_and_falls_first_and_all_that_changes_has_one_time_stamp(
    before: StationImage, now: StationImage
) -> None:
    found = changes(before, now)
    names = [name for name, _ in found]
    assert set(names) == {name for name in vars(now) if getattr(before, name) != getattr(now, name)}
    if before.done != now.done:
        assert names.index("done") == (len(names) - 1 if now.done else 0)
    stamps = {(value.SourceTimestamp, value.ServerTimestamp) for _, value in found}
    assert len(stamps) == bool(found)
    assert all(value.Value.Value == getattr(now, name) and value.StatusCode.is_good() for name, value in found)


def test_when_nobody_is_behind_it_nothing_is_ready_or_clear_and_a_committed_result_stays() -> None:
    said = StationImage(
        ready=True, busy=True, done=True, result=LineResult.OK, zone_clear=(True,) * ZONES, home_pos=True
    )
    told = orphaned(said)
    assert [told.ready, told.busy, told.home_pos] == [False] * 3
    assert not any(told.zone_clear)
    assert told.fault_code == FaultCode.PROGRAM_SILENT
    assert (told.done, told.result) == (True, LineResult.OK)
