"""Every exchange is on record before it counts, and the record plays again byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from linewalker.brain.language.model.model_fault import ModelFault, model_fault
from linewalker.brain.language.model.recording import RecordingWire, ReplayingWire, read_record
from linewalker.brain.language.model.wire import Response
from linewalker.errors import InputError, StorageFault

BODIES = [b'{"a": 1}', "缝\u2028隙\n".encode(), b"\xff\x00\xfe", b""]


class Playing:
    """Answers with a body, or breaks where there is none."""

    def __init__(self, *bodies: bytes | None):
        self._bodies = iter(bodies)

    def exchange(self, _request: bytes, _timeout_s: float) -> Response:
        body = next(self._bodies)
        if body is None:
            raise model_fault("model_timed_out", "5 s")
        return Response(status=200, streamed=False, body=body)


def test_a_record_plays_again_byte_for_byte(tmp_path: Path) -> None:
    recording = RecordingWire(Playing(*BODIES), tmp_path / "run" / "model.jsonl")
    said = [recording.exchange(f"问{number}\u2028".encode(), 5.0) for number in range(len(BODIES))]
    again = ReplayingWire(read_record(tmp_path / "run" / "model.jsonl"))
    assert [again.exchange(f"问{number}\u2028".encode(), 5.0) for number in range(len(BODIES))] == said


def test_a_fault_is_on_record_too(tmp_path: Path) -> None:
    with pytest.raises(ModelFault):
        RecordingWire(Playing(None), tmp_path / "model.jsonl").exchange(b"{}", 5.0)
    with pytest.raises(ModelFault) as caught:
        ReplayingWire(read_record(tmp_path / "model.jsonl")).exchange(b"{}", 5.0)
    assert caught.value.because.code == "model_timed_out"


@pytest.mark.parametrize("request_", [b"{ }", b""])
def test_another_request_than_on_record_is_not_answered(tmp_path: Path, request_: bytes) -> None:
    RecordingWire(Playing(b"yes"), tmp_path / "model.jsonl").exchange(b"{}", 5.0)
    with pytest.raises(ModelFault, match="not the one on record"):
        ReplayingWire(read_record(tmp_path / "model.jsonl")).exchange(request_, 5.0)
    with pytest.raises(ModelFault, match="not the one on record"):
        ReplayingWire([]).exchange(b"{}", 5.0)


@pytest.mark.parametrize("line", ["{", "{}", "[]", '{"request": 1, "answer": null, "fault": ""}'])
def test_what_is_no_record_is_told_with_its_line(tmp_path: Path, line: str) -> None:
    RecordingWire(Playing(b"yes"), tmp_path / "model.jsonl").exchange(b"{}", 5.0)
    with (tmp_path / "model.jsonl").open("a", encoding="utf-8") as record:
        record.write(line + "\n")
    with pytest.raises(InputError, match=r"model\.jsonl:2"):
        read_record(tmp_path / "model.jsonl")


def test_what_can_not_be_recorded_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "model.jsonl").mkdir()
    with pytest.raises(StorageFault):
        RecordingWire(Playing(b"yes"), tmp_path / "model.jsonl").exchange(b"{}", 5.0)
