"""Where everything is kept that can be made again: built vehicles, compiled kernels. A cache is a convenience."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import platformdirs

from linewalker.wholefile import replace_file

_LOG = logging.getLogger(__name__)
KINDS = ("kernels", "robots", "vehicles")
"""Subfolders."""
_DAY_S = 86400.0
_UNUSED_DAYS = 60.0
_DIGEST = hashlib.sha256().digest_size
_ROOT = Path(__file__).parents[1]
_IMPORT = re.compile(rb"^\s*(?:from|import) +(linewalker[\w.]*)(?: +import +(\([^)]*|.*))?", re.M)


def wanted_folder() -> Path:
    """The folder asked for: ``LINEWALKER_CACHE``, or the platform's cache folder (``XDG_CACHE_HOME``, ``~/.cache``)."""
    chosen = os.environ.get("LINEWALKER_CACHE")
    return Path(os.path.expanduser(chosen)) if chosen else platformdirs.user_cache_path("linewalker", appauthor=False)


def cache_folder() -> Path:
    """The folder that is written to: the one asked for, else a temporary one of this user, and a warning says so."""
    return _writable(wanted_folder())


def cached_file(*parts: str, below: Path | None = None) -> Path:
    """Where a file is kept, or is to be: one that lies ready in a folder nobody may write to is read there.

    Args:
        parts: of its path in the cache.
        below: a folder the user chose for such files, if not `wanted_folder`.
    """
    wanted = below if below is not None else wanted_folder()
    ready = wanted.joinpath(*parts)
    return ready if ready.exists() else _writable(wanted).joinpath(*parts)


def keep(content: bytes, path: Path) -> None:
    """Write a file so that a reader sees all of it or nothing; where the disk does not take it, do without."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, hashlib.sha256(content).digest() + content, durable=False)
    except OSError as error:
        _say_not_kept(path.parent, error.strerror)


def kept(path: Path) -> bytes | None:
    """What `keep` wrote; None where there is nothing, or it was damaged since."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    digest, content = content[:_DIGEST], content[_DIGEST:]
    if hashlib.sha256(content).digest() != digest:
        return None
    with suppress(OSError):  # a folder nobody may write to is not cleared either
        os.utime(path)
    return content


@lru_cache(maxsize=512)
def source_hash(file: Path) -> str:
    """A hash of a source file and of all that it imports from this package, directly or not."""
    seen: dict[Path, bytes] = {}
    todo = [file]
    while todo:
        path = todo.pop()
        if path not in seen and path.is_file():
            seen[path] = path.read_bytes()
            todo += _imported(seen[path])
    digest = hashlib.sha256()
    for content in sorted(hashlib.sha256(content).digest() for content in seen.values()):
        digest.update(content)
    return digest.hexdigest()


def _imported(source: bytes) -> list[Path]:
    """Files that a module or a name imported from this package may come from."""
    found = []
    for module, names in _IMPORT.findall(source):
        at = _ROOT.joinpath(*module.decode().split("."))
        bases = [at, *(at / name for name in re.findall(r"\w+", names.decode()))]
        found += [path for base in bases for path in (base.with_suffix(".py"), base / "__init__.py")]
    return found


def files() -> Iterator[Path]:
    """All files of the cache; others may lie in the folder besides."""
    for kind in KINDS:
        with suppress(OSError):
            yield from (cache_folder() / kind).iterdir()


def forget_unused() -> None:
    """Remove what nothing has used for two months: builds of code and drawings that have changed since."""
    oldest_s = time.time() - _UNUSED_DAYS * _DAY_S
    for path in files():
        with suppress(OSError):  # another process was quicker
            if path.stat().st_mtime < oldest_s and kept(path) is not None:
                path.unlink()


@lru_cache(maxsize=64)
def _say_not_kept(folder: Path, why: str) -> None:
    """Once for each folder, not for each of two hundred kernels."""
    _LOG.warning("linewalker: nothing is kept in %s (%s); it will be made again when it is needed", folder, why)


@lru_cache(maxsize=8)
def _writable(wanted: Path) -> Path:
    refused = _refusal(wanted)
    if refused is None:
        return wanted
    folder = _temporary_folder()
    _LOG.warning(
        "linewalker: caches are kept in %s for now, as %s can not be written to (%s); "
        "set LINEWALKER_CACHE to a folder of yours",
        folder,
        wanted,
        refused,
    )
    return folder


def _refusal(folder: Path) -> str | None:
    """Why no file can be written to a folder, made if need be; None if one can."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as error:
        return error.strerror or type(error).__name__


def _temporary_folder() -> Path:
    """A folder that no other user can have put files into: what is kept in it is run."""
    user = os.getuid() if hasattr(os, "getuid") else "user"
    folder = Path(tempfile.gettempdir()) / f"linewalker-{user}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        seen = folder.lstat()
    except OSError:
        return Path(tempfile.mkdtemp(prefix="linewalker-"))
    ours = stat.S_ISDIR(seen.st_mode) and seen.st_uid == user and not seen.st_mode & 0o022
    return folder if ours else Path(tempfile.mkdtemp(prefix="linewalker-"))
