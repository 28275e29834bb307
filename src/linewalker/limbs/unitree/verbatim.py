"""Messages of the wire as they came, byte for byte, and what other programs need to read them.

The definitions are those of ROS 2 (``ros2msg``), whose messages have the same bytes; so viewers of recordings take the
wire's own frames apart.
"""

from __future__ import annotations

from typing import Any, get_args, get_type_hints

from cyclonedds.idl.types import array

from linewalker.limbs.unitree.messages import BatteryState, ImuState, LowCommand, LowState

HEARD = {"state": LowState, "command": LowCommand, "torso_imu": ImuState, "battery": BatteryState}
"""What is recorded, by the names of `TOPICS`."""
PACKAGE = "unitree_hg/msg"
_RULE = "=" * 80


class Octets(bytes):
    """A message as it came; the reader says of it when it was sent."""


def verbatim(kind: Any) -> Any:
    """A type for a reader whose messages are `Octets`, header and all."""
    raw = {"deserialize": classmethod(lambda _cls, data, *_, **__: Octets(data))}
    return type(kind.__name__, (kind,), raw)


def name_of(kind: Any) -> str:
    """Of a type, as ROS 2 has it: ``unitree_hg/msg/LowState``."""
    return f"{PACKAGE}/{kind.__idl__.idl_transformed_typename.rsplit('::', 1)[-1].rstrip('_')}"


def definition_of(kind: Any) -> str:
    """Of a type and of all it is made of, as ``ros2msg``."""
    parts: dict[str, str] = {}
    _define(kind, parts)
    (_, first), *others = parts.items()
    return first + "".join(f"{_RULE}\nMSG: {name.replace('/msg/', '/')}\n{lines}" for name, lines in others)


def _define(kind: Any, parts: dict[str, str]) -> None:
    parts[name_of(kind)] = ""
    members = get_type_hints(kind, include_extras=True)
    parts[name_of(kind)] = "".join(f"{_type(member, parts)} {name}\n" for name, member in members.items())


def _type(member: Any, parts: dict[str, str]) -> str:
    for note in get_args(member)[1:]:
        if isinstance(note, array):
            return f"{_type(note.subtype, parts)}[{note.length}]"
        if isinstance(note, str):
            return "uint8" if note == "byte" else note
    if name_of(member) not in parts:
        _define(member, parts)
    return name_of(member).replace("/msg/", "/")
