"""A file that any reader of MCAP takes, and of which a kill costs the end alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from mcap.reader import make_reader

from linewalker.errors import InputError
from linewalker.station.recording.recording_file import ABOUT, Recording, RecordingWriter, Topic

COUNTS = Topic("/counts", "Count", "json", "jsonschema", b'{"type": "object"}')
WORDS = Topic("/words", "Word", "json", "jsonschema", b'{"type": "object"}')


def written(path: Path, count: int = 40) -> Path:
    file = RecordingWriter(path, {"robot": "g1"})
    for k in range(count):
        file.write(COUNTS, 250_000_000 * k, b'{"k": %d}' % k)
    file.write(WORDS, 0, b'{"w": "x"}')
    file.close()
    return path


def test_it_is_read_back_here_and_by_the_library(tmp_path: Path) -> None:
    path = written(tmp_path / "a.mcap")
    file = Recording(path)
    assert file.about["robot"] == "g1"
    assert [message.document["k"] for message in file.messages("/counts")] == list(range(40))
    assert [(m.topic, m.schema, m.document) for m in file.messages("/words")] == [("/words", "Word", {"w": "x"})]
    assert file.whole
    with path.open("rb") as stream:
        reader = make_reader(stream)
        summary = reader.get_summary()
        assert summary is not None
        assert summary.statistics is not None
        assert summary.statistics.message_count == 41
        assert [metadata.name for metadata in reader.iter_metadata()] == [ABOUT]
        assert len(list(reader.iter_messages(topics=["/counts"], starting_at=1_000_000_000))) == 36


def test_cut_off_anywhere_it_is_read_up_to_there(tmp_path: Path) -> None:
    path = written(tmp_path / "a.mcap")
    whole, cut, counts = path.read_bytes(), tmp_path / "cut.mcap", []
    for size in range(400, len(whole), 97):
        cut.write_bytes(whole[:size])
        try:
            file = Recording(cut)
        except InputError:
            continue
        found = [message.document["k"] for message in file.messages("/counts")]
        assert found == list(range(len(found)))
        assert not file.whole
        counts.append(len(found))
    assert counts == sorted(counts)
    assert counts[-1] == 40
    assert len(set(counts)) > 5


def test_a_flipped_bit_ends_it(tmp_path: Path) -> None:
    path = written(tmp_path / "a.mcap")
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 3] ^= 4
    path.write_bytes(damaged)
    file = Recording(path)
    found = [message.document["k"] for message in file.messages("/counts")]
    assert found == list(range(len(found)))
    assert not file.whole


@pytest.mark.parametrize("content", [b"", b"no recording at all", b"\x89MCAP0\r\n"])
def test_what_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.mcap"
    path.write_bytes(content)
    with pytest.raises(InputError, match="is no recording that this version reads"):
        Recording(path)
    with pytest.raises(InputError, match="can not be read"):
        Recording(tmp_path / "nowhere.mcap")


def test_one_of_another_version_says_which(tmp_path: Path) -> None:
    file = RecordingWriter(tmp_path / "a.mcap", {"format": "linewalker.recording/9"})
    file.close()
    with pytest.raises(InputError, match="recording/9"):
        Recording(tmp_path / "a.mcap")
