"""The file of a recording: MCAP, https://mcap.dev, which Foxglove opens, and tools of many languages read.

Chunks are closed every second, so that a program that is killed costs the last second alone: whoever reads here takes
what is whole and stops there.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from mcap.exceptions import McapError
from mcap.records import Channel, Message, Metadata, Schema
from mcap.stream_reader import StreamReader
from mcap.writer import CompressionType, Writer
from zstandard import ZstdError

from linewalker.errors import InputError

FORMAT = "linewalker.recording/1"
ABOUT = "linewalker"
"""Name of the metadata that says what a recording is of."""
ROWS = "linewalker.rows"
"""Encoding of blocks of rows, see `rows`; the schema is the type of a row as numpy has it, JSON."""
_CHUNK_NS = 1_000_000_000
_CHUNK_BYTES = 4 << 20
_NOT_WHOLE = (McapError, ZstdError, struct.error, ValueError, OSError, KeyError)


class Topic(NamedTuple):
    """Where messages of one kind go.

    Attributes:
        name: of the topic.
        schema: its name.
        encoding: of the messages.
        schema_encoding, definition: of the schema.
    """

    name: str
    schema: str
    encoding: str
    schema_encoding: str
    definition: bytes


class RecordingWriter:
    """Writes a recording; of one thread alone.

    Args:
        path: of the file; one that is there is written anew.
        about: what is said of the recording, texts by name.

    Raises:
        OSError: the disk does not take it.
    """

    def __init__(self, path: Path, about: Mapping[str, str]):
        self._stream = open(path, "wb")  # noqa: SIM115  closed by `close`
        self._writer = Writer(self._stream, chunk_size=_CHUNK_BYTES, compression=CompressionType.ZSTD)
        self._writer.start(library="linewalker")
        self._writer.add_metadata(ABOUT, {"format": FORMAT, **about})
        self._channels: dict[str, int] = {}
        self._schemas: dict[str, int] = {}
        self._chunk_ns = -1

    def write(self, topic: Topic, time_ns: int, content: bytes) -> None:
        """A message."""
        if topic.name not in self._channels:
            self._channels[topic.name] = self._register(topic)
        self._writer.add_message(self._channels[topic.name], time_ns, content, time_ns)
        if self._chunk_ns < 0:
            self._chunk_ns = time_ns
        elif time_ns - self._chunk_ns >= _CHUNK_NS:
            self._writer.flush()
            self._chunk_ns = time_ns

    def _register(self, topic: Topic) -> int:
        if topic.schema not in self._schemas:
            self._schemas[topic.schema] = self._writer.register_schema(
                topic.schema, topic.schema_encoding, topic.definition
            )
        return self._writer.register_channel(topic.name, topic.encoding, self._schemas[topic.schema])

    def close(self) -> None:
        """Write what is left, and the summary."""
        self._writer.finish()
        self._stream.close()


class Told(NamedTuple):
    """A message of a recording.

    Attributes:
        topic: its name.
        schema: its name.
        time_ns: when.
        content: as it stands there.
    """

    topic: str
    schema: str
    time_ns: int
    content: bytes

    @property
    def document(self) -> Any:
        """Of a message in JSON."""
        return json.loads(self.content)


class Recording:
    """Reads a recording, in the order of the file; one that was cut off is read as far as it is whole.

    Args:
        path: of the file.

    Attributes:
        about: what is said of the recording.
        whole: whether it was closed; known after `messages`.

    Raises:
        InputError: it is no recording of ours.
    """

    def __init__(self, path: Path):
        self.path, self.whole = path, True
        self.about: dict[str, str] = {}
        try:
            with open(path, "rb") as stream:
                for record in StreamReader(stream).records:
                    if isinstance(record, Metadata) and record.name == ABOUT:
                        self.about = record.metadata
                    if isinstance(record, Metadata | Message):
                        break
        except OSError as error:
            raise InputError(f"can not be read: {error.strerror}", file=path) from None
        except _NOT_WHOLE:
            pass
        if self.about.get("format") != FORMAT:
            told = self.about.get("format", "nothing of the kind")
            raise InputError(f"is no recording that this version reads ({FORMAT}): it says {told!r}", file=path)

    def messages(self, *topics: str) -> Iterator[Told]:
        """Messages of some topics, or of all."""
        channels: dict[int, Channel] = {}
        schemas: dict[int, Schema] = {}
        try:
            with open(self.path, "rb") as stream:
                for record in StreamReader(stream, validate_crcs=True).records:
                    if isinstance(record, Schema):
                        schemas[record.id] = record
                    elif isinstance(record, Channel):
                        channels[record.id] = record
                    elif isinstance(record, Message):
                        channel = channels[record.channel_id]
                        if not topics or channel.topic in topics:
                            schema = schemas[channel.schema_id].name
                            yield Told(channel.topic, schema, record.log_time, record.data)
        except _NOT_WHOLE:
            self.whole = False
