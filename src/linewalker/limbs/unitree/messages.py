"""Unitree's messages as DDS knows them: names, members and types are those of the vendor's IDL.

Octets are declared as ``byte``: as ``uint8`` they reach type information of a kind that peers on Cyclone DDS 0.10.2,
which the robot's own programs use, do not know and crash on. Low-level messages are not taken apart by the general
codec, which needs a millisecond: they keep the image of `layout`.
"""

# no postponed annotations here: they are read when a class is made
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from cyclonedds.idl import IdlStruct
from cyclonedds.idl.annotations import autoid, final
from cyclonedds.idl.types import array, byte, float32, int16, int32, int64, sequence, uint16, uint32

from linewalker.limbs.unitree.layout import COMMAND, IMU, STATE, Image, Layout, blank, opened, sealed

MOTION_SWITCHER = "motion_switcher"
"""Service that says which of the vendor's controllers moves the robot, and takes it off."""
TOPICS = {
    "state": "rt/lowstate",
    "command": "rt/lowcmd",
    "torso_imu": "rt/secondary_imu",
    "battery": "rt/lf/bmsstate",
    "request": f"rt/api/{MOTION_SWITCHER}/request",
    "response": f"rt/api/{MOTION_SWITCHER}/response",
}


def _imaged(layout: Layout) -> Callable[[type[IdlStruct]], type[IdlStruct]]:
    """Makes a type keep an image in place of members; the general codec allows no base class that does."""

    def made(kind: Any) -> Any:
        def init(self: Any, image: Image | None = None, sound: bool = True) -> None:
            self.image, self.sound = blank(layout) if image is None else image, sound

        kind.__init__ = init
        kind.serialize = lambda self, *_, **__: sealed(self.image, layout.seam)
        kind.deserialize = classmethod(lambda cls, data, *_, **__: cls(*opened(data, layout)))
        kind.deserialize_key = classmethod(lambda cls, *_, **__: cls())  # it has no key: of a writer that has gone
        return kind

    return made


@dataclass
@final
@autoid("sequential")
class ImuState(IdlStruct, typename="unitree_hg.msg.dds_.IMUState_"):
    """An IMU; on its own topic the one in the torso."""

    quaternion: array[float32, 4]
    gyroscope: array[float32, 3]
    accelerometer: array[float32, 3]
    rpy: array[float32, 3]
    temperature: int16


@dataclass
@final
@autoid("sequential")
class MotorState(IdlStruct, typename="unitree_hg.msg.dds_.MotorState_"):
    """Of one motor."""

    mode: byte
    q: float32
    dq: float32
    ddq: float32
    tau_est: float32
    temperature: array[int16, 2]
    vol: float32
    sensor: array[uint32, 2]
    motorstate: uint32
    reserve: array[uint32, 4]


@dataclass
@final
@autoid("sequential")
class MotorCommand(IdlStruct, typename="unitree_hg.msg.dds_.MotorCmd_"):
    """For one motor."""

    mode: byte
    q: float32
    dq: float32
    tau: float32
    kp: float32
    kd: float32
    reserve: uint32


@_imaged(COMMAND)
@final
@autoid("sequential")
class LowCommand(IdlStruct, typename="unitree_hg.msg.dds_.LowCmd_"):
    """What the motors are to do.

    Attributes:
        image: the message, see `layout`.
        sound: whether it came with the right size and checksum.
    """

    mode_pr: byte
    mode_machine: byte
    motor_cmd: array[MotorCommand, 35]
    reserve: array[uint32, 4]
    crc: uint32


@_imaged(STATE)
@final
@autoid("sequential")
class LowState(IdlStruct, typename="unitree_hg.msg.dds_.LowState_"):
    """What motors, IMU of the pelvis and remote control are at.

    Attributes:
        image: the message, see `layout`.
        sound: whether it came with the right size and checksum.
    """

    version: array[uint32, 2]
    mode_pr: byte
    mode_machine: byte
    tick: uint32
    imu_state: ImuState
    motor_state: array[MotorState, 35]
    wireless_remote: array[byte, 40]
    reserve: array[uint32, 4]
    crc: uint32


@dataclass
@final
@autoid("sequential")
class BatteryState(IdlStruct, typename="unitree_hg.msg.dds_.BmsState_"):
    """Of the battery: mV, mA, ``soc`` its charge and ``soh`` its health in percent, degC."""

    version_high: byte
    version_low: byte
    fn: byte
    cell_vol: array[uint16, 40]
    bmsvoltage: array[uint32, 3]
    current: int32
    soc: byte
    soh: byte
    temperature: array[int16, 12]
    cycle: uint16
    manufacturer_date: uint16
    bmsstate: array[uint32, 5]
    reserve: array[uint32, 3]

    @classmethod
    def at(cls, charge_percent: int, voltage_mv: int) -> Self:
        """A healthy one at a charge."""
        zeros = {name: [0] * size for name, size in (("cell_vol", 40), ("bmsstate", 5), ("reserve", 3))}
        return cls(
            version_high=1, version_low=0, fn=0, bmsvoltage=[voltage_mv, 0, 0], current=-3000, soc=charge_percent,
            soh=100, temperature=[30] * 12, cycle=1, manufacturer_date=0, **zeros,
        )  # fmt: skip


@dataclass
@final
@autoid("sequential")
class RequestIdentity(IdlStruct, typename="unitree_api.msg.dds_.RequestIdentity_"):
    """Which call of which function."""

    id: int64
    api_id: int64


@dataclass
@final
@autoid("sequential")
class RequestLease(IdlStruct, typename="unitree_api.msg.dds_.RequestLease_"):
    """Whose turn it is; 0 where nobody asks."""

    id: int64


@dataclass
@final
@autoid("sequential")
class RequestPolicy(IdlStruct, typename="unitree_api.msg.dds_.RequestPolicy_"):
    """How urgent it is and whether an answer is wanted."""

    priority: int32
    noreply: bool


@dataclass
@final
@autoid("sequential")
class RequestHeader(IdlStruct, typename="unitree_api.msg.dds_.RequestHeader_"):
    """Of a call."""

    identity: RequestIdentity
    lease: RequestLease
    policy: RequestPolicy


@dataclass
@final
@autoid("sequential")
class Request(IdlStruct, typename="unitree_api.msg.dds_.Request_"):
    """A call of a service; the parameter is JSON."""

    header: RequestHeader
    parameter: str
    binary: sequence[byte]

    @classmethod
    def of(cls, number: int, function: int, parameter: str = "{}") -> Self:
        """The call of a function."""
        identity = RequestIdentity(id=number, api_id=function)
        policy = RequestPolicy(priority=0, noreply=False)
        return cls(RequestHeader(identity, RequestLease(id=0), policy), parameter, [])


@dataclass
@final
@autoid("sequential")
class ResponseStatus(IdlStruct, typename="unitree_api.msg.dds_.ResponseStatus_"):
    """0 where all went well."""

    code: int32


@dataclass
@final
@autoid("sequential")
class ResponseHeader(IdlStruct, typename="unitree_api.msg.dds_.ResponseHeader_"):
    """Of an answer; its identity is that of the call."""

    identity: RequestIdentity
    status: ResponseStatus


@dataclass
@final
@autoid("sequential")
class Response(IdlStruct, typename="unitree_api.msg.dds_.Response_"):
    """The answer to a call; its data are JSON."""

    header: ResponseHeader
    data: str
    binary: sequence[byte]

    @classmethod
    def to(cls, request: Request, code: int, data: str) -> Self:
        """The answer to a call."""
        return cls(ResponseHeader(request.header.identity, ResponseStatus(code)), data, [])


def torso_imu(image: Image) -> ImuState:
    """A message of an IMU, from its image."""
    values = {name: np.asarray(image[name], float).tolist() for name in IMU.names or ()}
    return ImuState(**values | {"temperature": int(values["temperature"])})
