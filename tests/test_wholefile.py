"""Files that are whole or not there: whoever looks, whenever, whatever fails."""

from __future__ import annotations

import json
import os
import stat
import threading
from pathlib import Path

import pytest

from linewalker.errors import StorageFault
from linewalker.wholefile import append, replace_file, write_json, write_whole


@pytest.mark.parametrize("content", ["Türspalt 间隙\n", b"\x00\xff", ""])
def test_what_is_written_is_read(tmp_path: Path, content: str | bytes) -> None:
    path = tmp_path / "new" / "folders" / "file"
    write_whole(path, content)
    assert path.read_bytes() == (content.encode() if isinstance(content, str) else content)
    assert [entry.name for entry in path.parent.iterdir()] == ["file"]


def test_a_reader_finds_one_whole_file_or_another(tmp_path: Path) -> None:
    path, texts = tmp_path / "file", [letter * 200_000 for letter in "ab"]
    write_whole(path, texts[0])
    over = threading.Event()

    def write() -> None:
        for i in range(40):
            replace_file(path, texts[i % 2].encode(), durable=False)
        over.set()

    writer = threading.Thread(target=write)
    writer.start()
    seen = set()
    while not over.is_set():
        seen.add(path.read_text(encoding="utf-8"))
    writer.join()
    assert seen <= set(texts)


@pytest.mark.parametrize("call", ["fchmod", "fsync", "replace"])
def test_what_fails_on_the_way_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    path = tmp_path / "file"
    write_whole(path, "old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(StorageFault, match="free some space"):
        write_whole(path, "new")
    assert [(entry.name, entry.read_text(encoding="utf-8")) for entry in tmp_path.iterdir()] == [("file", "old")]


def test_an_end_by_hand_leaves_no_half_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "file", "new")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mode", [0o644, 0o600])
def test_a_file_is_never_seen_by_more_than_may_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    path, modes = tmp_path / "key", []
    replacing = os.replace

    def look(source: str, target: Path) -> None:
        modes.append(stat.S_IMODE(Path(source).stat().st_mode))
        replacing(source, target)

    monkeypatch.setattr(os, "replace", look)
    replace_file(path, b"secret", mode=mode)
    assert [*modes, stat.S_IMODE(path.stat().st_mode)] == [mode, mode]


def test_content_name_and_new_folders_are_synced_where_they_shall_outlive_a_power_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(os.readlink(f"/proc/self/fd/{descriptor}")))
    write_whole(tmp_path / "a" / "file", "text")
    assert synced[0] == str(tmp_path)  # the name of the folder a
    assert Path(synced[1]).parent == tmp_path / "a"  # the content, before it has its name
    assert synced[2] == str(tmp_path / "a")
    synced.clear()
    replace_file(tmp_path / "a" / "cache", b"", durable=False)
    assert synced == []


def test_a_name_as_long_as_a_disk_takes_it_is_taken(tmp_path: Path) -> None:
    write_whole(tmp_path / ("间" * 85), "text")


def test_where_nothing_can_be_written_it_is_said_what_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageFault, match=r"results.json can not be written: .*; see that this folder"):
        write_json(tmp_path / "file" / "results.json", {})


def test_a_document_is_json_in_its_own_letters_and_numbers_that_json_lacks_are_our_bug(tmp_path: Path) -> None:
    write_json(tmp_path / "document", {"名": [1, 0.5, None]})
    text = (tmp_path / "document").read_text(encoding="utf-8")
    assert json.loads(text) == {"名": [1, 0.5, None]}
    assert "名" in text
    assert text.endswith("}\n")
    with pytest.raises(ValueError, match="Out of range float"):
        write_json(tmp_path / "document", {"value": float("nan")})
    assert (tmp_path / "document").read_text(encoding="utf-8") == text


def test_a_text_that_is_none_leaves_the_old_file(tmp_path: Path) -> None:
    write_whole(tmp_path / "file", "old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(tmp_path / "file", "\ud800")
    assert [entry.read_text(encoding="utf-8") for entry in tmp_path.iterdir()] == ["old"]


def test_what_is_added_stands_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    for line in (b"one\n", b"", b"two\n"):
        append(path, line)
    assert path.read_bytes() == b"one\ntwo\n"


def test_what_can_not_be_added_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageFault, match="can not be written"):
        append(tmp_path / "nowhere" / "journal", b"one")
