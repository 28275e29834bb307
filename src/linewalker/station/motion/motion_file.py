"""The file a motion is kept in: blocks that are whole or not there, so that a kill costs the last moment alone.

A file is a sequence of blocks. Each begins with 24 bytes, little-endian: ``LWMB``, its kind (one letter, then three
zeros), the length of its content, the CRC-32 of that, and a time (float64), s since the shift began. Kinds:

=====  ====================================================================================================
``H``  header, JSON: ``format``, ``robot``, ``joints``, ``base``, ``rate_hz``, ``run``, ``opened_at``
``F``  frames, one after the other; a frame is a float64 (time, s) and float32: base x y z (m), its
       quaternion wxyz, and the angle of every joint (rad) in the order of the header; all in the station
``M``  a moment, JSON with the key ``what``: see `linewalker.station.motion.moments`
``L``  a laser line: float32 points (k, 3) in the station, m
``P``  a picture of the robot's camera: JPEG
``B``  how it stands, samples one after the other: see `linewalker.station.motion.balance`
``I``  what line and station say from here on, JSON: ``at`` (s since 1970, by the clock on the wall), and what
       `linewalker.station.motion.line_talk` says
=====  ====================================================================================================

Whoever reads stops at the first block that is not whole; a file that is being written is read up to there.
"""

from __future__ import annotations

import json
import os
import struct
import threading
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from linewalker.errors import InputError
from linewalker.station.motion.balance import BALANCE

FORMAT = "linewalker.motion/1"
SUFFIX = ".motion"
HEADER, FRAMES, MOMENT, LASER, PICTURE = b"H", b"F", b"M", b"L", b"P"
BALANCES, IMAGES = b"B", b"I"
_HEAD = struct.Struct("<4sc3xIId")
_MAGIC = b"LWMB"
_LONGEST = 1 << 24
_POSE = 7


@dataclass(frozen=True, kw_only=True)
class MotionHeader:
    """What a motion is of.

    Attributes:
        robot: name of its profile, or the file it was read from.
        joints: names, in the order of the angles.
        base: the body whose pose is kept.
        rate_hz: frames in a second of robot time; fewer while nothing happens.
        run: number of the shift in the records of the folder; 0: there are none.
        opened_at: UTC, ISO 8601; for people.
    """

    robot: str
    joints: tuple[str, ...]
    base: str
    rate_hz: float
    run: int = 0
    opened_at: str = ""

    def document(self) -> dict[str, Any]:
        """As it stands in the file."""
        return {"format": FORMAT, **vars(self), "joints": list(self.joints)}

    @classmethod
    def of_document(cls, document: Mapping[str, Any]) -> MotionHeader:
        """What `document` gave."""
        known = {name: document[name] for name in cls.__dataclass_fields__}
        return cls(**{**known, "joints": tuple(known["joints"])})


class Block(NamedTuple):
    """A block as it lies in the file: its kind, its time, where its content begins, and how long that is."""

    kind: bytes
    time_s: float
    offset: int
    length: int


def frame_type(joints: int) -> np.dtype[Any]:
    """One frame: ``time_s``, ``pose`` (x, y, z, w, x, y, z of the base) and ``q_rad``."""
    return np.dtype([("time_s", "<f8"), ("pose", "<f4", (_POSE,)), ("q_rad", "<f4", (joints,))])


def block(kind: bytes, time_s: float, content: bytes) -> bytes:
    """A block, ready to be written."""
    return _HEAD.pack(_MAGIC, kind, len(content), zlib.crc32(content), time_s) + content


def json_block(kind: bytes, time_s: float, document: Mapping[str, Any]) -> bytes:
    """A block of JSON."""
    return block(kind, time_s, json.dumps(document, ensure_ascii=False, allow_nan=False).encode())


def motion_files(folder: Path) -> list[Path]:
    """The motions in a folder, in the order in which they were begun."""
    found = [path for path in folder.glob(f"*{SUFFIX}") if path.stem.isdigit()]
    return sorted(found, key=lambda path: int(path.stem))


def next_motion_file(folder: Path) -> Path:
    """What the next one is to be called."""
    last = motion_files(folder)[-1:]
    return folder / f"{int(last[0].stem) + 1 if last else 1}{SUFFIX}"


class MotionReader:
    """Reads a motion, also one that is being written; any thread may.

    Attributes:
        header: what it is of.
        blocks: the whole ones that were there at the last `refresh`, in their order.
        moments: time and content of the blocks of that kind.
        end: where they end in the file.
    """

    def __init__(self, path: Path):
        """
        Raises:
            InputError: there is no such file, or it is no motion that this version reads.
        """
        self.path = path
        self.blocks: list[Block] = []
        self.moments: list[tuple[float, dict[str, Any]]] = []
        self.end = 0
        self._lock = threading.Lock()
        self._inode = path.stat().st_ino if path.exists() else 0
        header = self._read_header()
        self.header = MotionHeader.of_document(header)
        self.frame = frame_type(len(self.header.joints))
        self.refresh()

    def refresh(self) -> int:
        """Take up what was written since; returns how many blocks that are."""
        with self._lock, open(self.path, "rb") as stream:
            before = len(self.blocks)
            for found, content in _blocks(stream, self.end):
                self.blocks.append(found)
                self.end = found.offset + found.length
                if found.kind == MOMENT:
                    self.moments.append((found.time_s, json.loads(content)))
            return len(self.blocks) - before

    @property
    def same_file(self) -> bool:
        """Whether the file is still the one that was opened; a new run in the folder puts another in its place."""
        state = self.path.stat()
        return state.st_ino == self._inode and state.st_size >= self.end

    @property
    def last_s(self) -> float:
        """Time of the newest block."""
        return self.blocks[-1].time_s if self.blocks else 0.0

    def content(self, wanted: Block) -> bytes:
        """What is in a block."""
        with open(self.path, "rb") as stream:
            stream.seek(wanted.offset)
            return stream.read(wanted.length)

    def select(self, kind: bytes, begin_s: float, end_s: float) -> list[Block]:
        """Blocks of a kind whose time lies in [begin_s, end_s)."""
        return [one for one in self.blocks if one.kind == kind and begin_s <= one.time_s < end_s]

    def frames(self, begin_s: float, end_s: float) -> NDArray[Any]:
        """Frames in [begin_s, end_s), as `frame_type`."""
        return self._rows(FRAMES, self.frame, begin_s, end_s)

    def balances(self, begin_s: float, end_s: float) -> NDArray[Any]:
        """How it stood in [begin_s, end_s), as `BALANCE`."""
        return self._rows(BALANCES, BALANCE, begin_s, end_s)

    def _rows(self, kind: bytes, row: np.dtype[Any], begin_s: float, end_s: float) -> NDArray[Any]:
        parts = [one for one in self.blocks if one.kind == kind]
        last = [i for i, one in enumerate(parts) if one.time_s <= begin_s][-1:] or [0]
        wanted = [one for one in parts[last[0] :] if one.time_s < end_s]
        with open(self.path, "rb") as stream:
            content = b"".join(_content(stream, one) for one in wanted)
        found = np.frombuffer(content, row)
        return found[(found["time_s"] >= begin_s) & (found["time_s"] < end_s)]

    def _read_header(self) -> dict[str, Any]:
        try:
            with open(self.path, "rb") as stream:
                first = next(_blocks(stream, 0), None)
        except OSError as error:
            raise InputError(f"can not be read: {error.strerror}", file=self.path) from None
        try:
            document = json.loads(first[1]) if first is not None and first[0].kind == HEADER else {}
            if document.get("format") == FORMAT:
                MotionHeader.of_document(document)
                return document
        except (ValueError, KeyError, TypeError, AttributeError):
            document = {}
        told = document.get("format", "nothing of the kind")
        raise InputError(f"is no motion that this version reads ({FORMAT}): it says {told!r}", file=self.path)


def frames_block(frames: Sequence[tuple[float, NDArray[Any]]]) -> bytes:
    """A block of frames: times, and base pose with joint angles (7 + n,)."""
    kept = np.zeros(len(frames), frame_type(len(frames[0][1]) - _POSE))
    for row, (time_s, numbers) in zip(kept, frames):
        row["time_s"], row["pose"], row["q_rad"] = time_s, numbers[:_POSE], numbers[_POSE:]
    return block(FRAMES, frames[0][0], kept.tobytes())


def _blocks(stream: BinaryIO, start: int) -> Iterator[tuple[Block, bytes]]:
    """Whole blocks from an offset on."""
    while True:
        stream.seek(start)
        head = stream.read(_HEAD.size)
        if len(head) < _HEAD.size:
            return
        magic, kind, length, digest, time_s = _HEAD.unpack(head)
        if magic != _MAGIC or length > _LONGEST:
            return
        content = stream.read(length)
        if len(content) < length or zlib.crc32(content) != digest:
            return
        yield Block(kind, time_s, start + _HEAD.size, length), content
        start += _HEAD.size + length


def documents_in(path: Path) -> Iterator[dict[str, Any]]:
    """The header of a file and its moments, which alone say ``what``; all between is passed over, unread.

    There are none in a file that can not be read, and none after what is not whole.
    """
    with suppress(OSError), path.open("rb") as stream:
        while len(head := stream.read(_HEAD.size)) == _HEAD.size:
            magic, kind, length, digest, _ = _HEAD.unpack(head)
            if magic != _MAGIC or length > _LONGEST:
                return
            if kind not in (HEADER, MOMENT):
                stream.seek(length, os.SEEK_CUR)
                continue
            content = stream.read(length)
            if len(content) < length or zlib.crc32(content) != digest:
                return
            yield json.loads(content)


def _content(stream: BinaryIO, wanted: Block) -> bytes:
    stream.seek(wanted.offset)
    return stream.read(wanted.length)
