"""What is kept can be made again, is whole or not there, and is kept where the platform keeps such things."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from linewalker import cachefolder
from linewalker.cachefolder import cache_folder, cached_file, keep, kept, source_hash


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    def clear() -> None:
        cachefolder._writable.cache_clear()
        cachefolder._say_not_kept.cache_clear()
        source_hash.cache_clear()

    clear()
    yield
    clear()


def test_the_folder_is_the_platforms_or_the_one_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("LINEWALKER_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_folder() == tmp_path / "xdg" / "linewalker"
    monkeypatch.setenv("LINEWALKER_CACHE", str(tmp_path / "chosen"))
    assert cache_folder() == tmp_path / "chosen"


def test_where_nothing_can_be_written_a_folder_of_this_user_serves_and_one_line_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("LINEWALKER_CACHE", str(tmp_path / "file" / "below"))
    monkeypatch.setattr(cachefolder.tempfile, "tempdir", str(tmp_path))
    with caplog.at_level(logging.WARNING):
        folders = {cached_file("kernels", name).parents[1] for name in "abc"}
    (folder,) = folders
    assert folder.parent == tmp_path
    assert folder.stat().st_mode & 0o077 == 0
    (line,) = caplog.messages
    assert str(folder) in line
    assert str(tmp_path / "file" / "below") in line
    assert "LINEWALKER_CACHE" in line


def test_a_temporary_folder_that_others_can_write_to_is_not_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(cachefolder.tempfile, "tempdir", str(tmp_path))
    folder = cachefolder._temporary_folder()
    assert cachefolder._temporary_folder() == folder
    folder.chmod(0o777)
    assert cachefolder._temporary_folder() != folder


def test_a_file_ready_in_a_folder_nobody_may_write_to_is_read_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LINEWALKER_CACHE", str(tmp_path))
    keep(b"built", tmp_path / "vehicles" / "sedan")
    monkeypatch.setattr(cachefolder, "_refusal", lambda _folder: "Read-only file system")
    assert cached_file("vehicles", "sedan") == tmp_path / "vehicles" / "sedan"
    assert kept(cached_file("vehicles", "sedan")) == b"built"
    assert not cached_file("vehicles", "hatchback").is_relative_to(tmp_path)


def test_what_is_kept_comes_back_and_what_was_damaged_does_not(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "thing"
    assert kept(path) is None
    keep(b"content" * 1000, path)
    assert kept(path) == b"content" * 1000
    assert [entry.name for entry in path.parent.iterdir()] == ["thing"]
    whole = path.read_bytes()
    for damaged in (b"", whole[:20], whole[:-1], whole[:99] + b"?" + whole[100:]):
        path.write_bytes(damaged)
        assert kept(path) is None


def test_a_disk_that_takes_nothing_is_said_once_and_not_fatal(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("no folder")
    for name in "abc":
        keep(b"content", tmp_path / "file" / name)
    assert len(caplog.messages) == 1


def test_what_was_not_used_for_months_is_forgotten_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LINEWALKER_CACHE", str(tmp_path))
    vehicles = tmp_path / "vehicles"
    for name in ("old", "used", "new"):
        keep(b"content", vehicles / name)
    foreign = (vehicles / "of somebody else", tmp_path / "photo")
    for path in foreign:
        path.write_bytes(b"not ours")
    long_ago = time.time() - 90 * 86400
    for path in (vehicles / "old", vehicles / "used", *foreign):
        os.utime(path, (long_ago, long_ago))
    kept(vehicles / "used")
    cachefolder.forget_unused()
    assert sorted(path.name for path in vehicles.iterdir()) == ["new", "of somebody else", "used"]
    assert (tmp_path / "photo").exists()


def test_a_hash_of_sources_changes_with_whatever_they_import(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cachefolder, "_ROOT", tmp_path)
    package = tmp_path / "linewalker"
    (package / "room").mkdir(parents=True)
    top, middle, bottom, aside = (package / f"{name}.py" for name in ("top", "room/middle", "bottom", "aside"))
    top.write_text("import os\n\nfrom linewalker.room import (\n    nothing,\n    middle as of_two,\n)\n")
    middle.write_text("def f():\n    from linewalker.bottom import (\n        A,\n    )\n")
    bottom.write_text("A = 1")
    aside.write_text("B = 1")

    def fresh() -> str:
        source_hash.cache_clear()
        return source_hash(top)

    first = fresh()
    aside.write_text("B = 2")
    assert fresh() == first
    bottom.write_text("A = 2")
    assert fresh() != first
