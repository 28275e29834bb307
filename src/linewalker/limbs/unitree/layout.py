"""How Unitree's humanoids lay out their low-level messages (family ``unitree_hg``): in memory, and on the wire.

In memory a message is the C structure of the vendor, over which its checksum runs. On the wire (CDR, little-endian)
the first motor begins at once where the structure leaves a gap, because CDR aligns numbers and C also structures; from
there on both are the same. Joints are the first 29 of 35 motors, in the order of our profile of the G1.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from linewalker.limbs.unitree.crc import crc32_of_words

MOTORS = 35
"""Room for so many in every message; a G1 uses the first 29."""
Image = NDArray[Any]
"""One message in memory, shape (): ``image["motor"]["q"]`` are angles, (35,)."""

IMU = np.dtype(
    [
        ("quaternion", "<f4", 4),
        ("gyroscope", "<f4", 3),
        ("accelerometer", "<f4", 3),
        ("rpy", "<f4", 3),
        ("temperature", "<i2"),
    ],
    align=True,
)
"""Attitude wxyz, rad/s, m/s2, roll pitch yaw, degC."""
MOTOR_STATE = np.dtype(
    [
        ("mode", "u1"),
        ("q", "<f4"),
        ("dq", "<f4"),
        ("ddq", "<f4"),
        ("tau_est", "<f4"),
        ("temperature", "<i2", 2),
        ("vol", "<f4"),
        ("sensor", "<u4", 2),
        ("motorstate", "<u4"),
        ("reserve", "<u4", 4),
    ],
    align=True,
)
"""rad, rad/s, rad/s2, N m, degC of case and winding, V; ``motorstate`` is the error code, 0 for none."""
MOTOR_COMMAND = np.dtype(
    [("mode", "u1"), *((name, "<f4") for name in ("q", "dq", "tau", "kp", "kd")), ("reserve", "<u4")], align=True
)
"""Mode 1 enables; tau + kp (q - measured) + kd (dq - measured), in N m, N m/rad, N m s/rad."""


class Layout(NamedTuple):
    """Of one kind of message.

    Attributes:
        image: its C structure, which ends with the checksum.
        seam: bytes in front of the first motor, on the wire.
    """

    image: np.dtype[Any]
    seam: int

    @property
    def wire_size(self) -> int:
        """Bytes on the wire, without header."""
        return self.image.itemsize - 4


COMMAND = Layout(
    np.dtype(
        [
            ("mode_pr", "u1"),
            ("mode_machine", "u1"),
            ("motor", MOTOR_COMMAND, MOTORS),
            ("reserve", "<u4", 4),
            ("crc", "<u4"),
        ],
        align=True,
    ),
    seam=2,
)
"""``mode_pr`` 0: ankles and waist as pitch and roll; ``mode_machine`` as the robot's states say it."""
STATE = Layout(
    np.dtype(
        [
            ("version", "<u4", 2),
            ("mode_pr", "u1"),
            ("mode_machine", "u1"),
            ("tick", "<u4"),
            ("imu", IMU),
            ("motor", MOTOR_STATE, MOTORS),
            ("wireless_remote", "u1", 40),
            ("reserve", "<u4", 4),
            ("crc", "<u4"),
        ],
        align=True,
    ),
    seam=70,
)
"""``tick`` counts milliseconds since the robot was switched on."""
HEADER = b"\0\1\0\0"
"""Encapsulation of CDR, little-endian."""


def blank(layout: Layout) -> Image:
    """A message of zeros, gaps too; what numpy copies of an image has anything in its gaps, and a false checksum."""
    return np.zeros((), layout.image)


def sealed(image: Image, seam: int) -> bytes:
    """The message with its checksum, written into the image too, as it goes over the wire with its header."""
    raw = image.tobytes()
    image["crc"] = crc = crc32_of_words(raw[:-4])
    head, mode, rest = raw[:seam], raw[seam + 2 : seam + 3], raw[seam + 6 : -4]
    return b"".join((HEADER, head, mode, b"\0", rest, crc.to_bytes(4, "little")))


def opened(message: bytes, layout: Layout) -> tuple[Image, bool]:
    """The image of a message that came over the wire, and whether size, header and checksum are right.

    One whose size or header is wrong is blank. The image can not be written to.
    """
    start, seam = len(HEADER), len(HEADER) + layout.seam
    end = start + layout.wire_size
    if message[:2] != HEADER[:2] or not end <= len(message) < end + 4:
        return blank(layout), False
    head, mode, rest = message[start:seam], message[seam : seam + 1], message[seam + 2 : end]
    raw = b"".join((head, b"\0\0", mode, b"\0\0\0", rest))
    image: Image = np.frombuffer(raw, layout.image).reshape(())
    return image, crc32_of_words(raw[:-4]) == int.from_bytes(raw[-4:], "little")
