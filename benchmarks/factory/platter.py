"""What of a folder is on disk: of a file what it had when it was synced last, of a folder the names it had then.

What was written, renamed, made or removed and not synced is in memory, and a power cut takes it, or any part of it.
"""

from __future__ import annotations

import os
import random
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.factory.sqlite_sync import watch_syncs

_LOGS = ("-wal", "-journal")
"""Of SQLite, which syncs the folder with them."""


@dataclass
class Platter:
    """See the module. A file is known by its inode, which outlives its names; a hard link of ours keeps it from reuse.

    Attributes:
        root: of all that is looked at.
        links: a folder on the same file system, of ours alone.
        files: content by inode.
        folders: names and their inodes, by path relative to the root.
    """

    root: Path
    links: Path
    files: dict[int, bytes] = field(default_factory=dict)
    folders: dict[str, dict[str, int]] = field(default_factory=dict)

    def mount(self) -> None:
        """All that is there now is on disk."""
        self.links.mkdir(parents=True, exist_ok=True)
        for folder, _, names in os.walk(self.root):
            self._sync_folder(Path(folder))
            for name in names:
                self._sync_path(Path(folder) / name)

    def watch(self, step: Callable[[], None]) -> None:
        """Follow this process from now on, whatever syncs.

        Args:
            step: called before and after everything that SQLite syncs.
        """
        really_sync = os.fsync

        def sync(descriptor: int) -> None:
            really_sync(descriptor)
            self._sync_descriptor(descriptor)

        def synced(path: str) -> None:
            self._sync_path(Path(path))
            if path.endswith(_LOGS):
                self._sync_folder(Path(path).parent)
            step()

        os.fsync = sync
        watch_syncs(lambda _: step(), synced)

    def _sync_descriptor(self, descriptor: int) -> None:
        path = Path(os.readlink(f"/proc/self/fd/{descriptor}"))
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            self._sync_folder(path)
        elif path.exists():
            found = os.fstat(descriptor)
            self._keep(path, found.st_ino)
            try:
                self.files[found.st_ino] = os.pread(descriptor, found.st_size, 0)
            except OSError:  # open for writing only
                self.files[found.st_ino] = path.read_bytes()

    def _sync_path(self, path: Path) -> None:
        if path.is_relative_to(self.root):
            inode = path.stat().st_ino
            self._keep(path, inode)
            self.files[inode] = path.read_bytes()

    def _sync_folder(self, folder: Path) -> None:
        if folder.is_relative_to(self.root):
            self.folders[str(folder.relative_to(self.root))] = _names(folder)

    def _keep(self, path: Path, inode: int) -> None:
        if inode not in self.files and path.is_relative_to(self.root):
            os.link(path, self.links / str(inode))

    def after_a_cut(self, target: Path, chance: random.Random | None) -> None:
        """What is found when the power is back; the process that worked here is dead.

        Args:
            target: where it is put; not there yet.
            chance: what was not synced is there by chance, a file or a folder each; None: all of it is gone.
        """
        self._restore(Path("."), target, chance)

    def _restore(self, folder: Path, target: Path, chance: random.Random | None) -> None:
        target.mkdir(parents=True)
        live = _names(self.root / folder) if (self.root / folder).is_dir() else {}
        names = self.folders.get(str(folder), {})
        if chance is not None and chance.random() < 0.5:
            names = live
        for name, inode in names.items():
            path = self.root / folder / name
            if str(folder / name) in self.folders or path.is_dir():
                self._restore(folder / name, target / name, chance)
                continue
            content = self.files.get(inode, b"")
            still = self.links / str(inode)
            now = still if still.exists() else path
            if chance is not None and chance.random() < 0.5 and now.exists():
                content = now.read_bytes()
            (target / name).write_bytes(content)


def _names(folder: Path) -> dict[str, int]:
    with os.scandir(folder) as entries:
        return {entry.name: entry.inode() for entry in entries}
