"""Files that are whole or not there."""

from __future__ import annotations

import errno
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from linewalker.errors import StorageFault

FREE_SPACE = "free some space on that disk"
_REMEDIES = {errno.ENOSPC: FREE_SPACE, errno.EDQUOT: FREE_SPACE}
_REMEDY = "see that this folder may be written"

_READABLE = 40  # characters of a name that its temporary file shares: a name of 255 bytes leaves no room for more


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that whoever looks finds the old one or the new one, whole, even after a power cut.

    Args:
        path: of the file; folders above it are made.
        content: a text goes into the file as UTF-8.

    Raises:
        StorageFault: the disk does not take it; the old file is untouched.
    """
    with stored(path), whole(path) as stream:
        stream.write(content.encode() if isinstance(content, str) else content)


@contextmanager
def stored(path: Path) -> Iterator[None]:
    """Around the writing of a file, in a folder that is made: whatever the disk refuses is told as a fault.

    Raises:
        StorageFault: the disk does not take it.
    """
    try:
        _make_folder(path.parent)
        yield
    except OSError as error:
        raise _not_written(path, error) from None


def append(path: Path, data: bytes) -> None:
    """Add to the end of a file, which is made if it is not there; on disk when this returns.

    Raises:
        StorageFault: the disk does not take it; a part of it may stand there.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise _not_written(path, error) from None


def _not_written(path: Path, error: OSError) -> StorageFault:
    remedy = _REMEDIES.get(error.errno or 0, _REMEDY)
    return StorageFault(f"{path} can not be written: {error.strerror}; {remedy}")


def replace_file(path: Path, data: bytes, *, mode: int = 0o644, durable: bool = True) -> None:
    """Put a whole file where another may be; its folder is there already.

    Args:
        mode: who may read it, from its first byte on.
        durable: it outlives a power cut, which costs some milliseconds; not needed for what can be made again.

    Raises:
        OSError: the disk does not take it; the old file is untouched.
    """
    with whole(path, mode=mode, durable=durable) as stream:
        stream.write(data)


@contextmanager
def whole(path: Path, *, mode: int = 0o644, durable: bool = True) -> Iterator[IO[bytes]]:
    """As `replace_file`, of what is written to the stream; nothing happens to the old file if the block raises."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:_READABLE]}.")
    try:
        with os.fdopen(descriptor, "w+b") as stream:
            os.fchmod(stream.fileno(), mode)
            yield stream
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    if durable:
        sync_folder(path.parent)


def write_json(path: Path, document: Mapping[str, Any]) -> None:
    """`write_whole` of a JSON document; NaN and infinity, which JSON lacks, are our bug."""
    write_whole(path, json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def _make_folder(folder: Path) -> None:
    """A folder whose name outlives a power cut, too."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """What was renamed or made in a folder outlives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
