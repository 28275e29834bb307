"""The I/O image between the line controller (PLC) and the robot station, as data.

Two frozen records are the image: `LineImage` is what the line says, `StationImage` what the station says. Each field
carries its `Signal`: the name on the wire, its type, and what it means. The OPC UA address space, the checks on what
a client writes and the table in ``docs/line-interface.md`` all come from here.
"""

from __future__ import annotations

from dataclasses import Field, dataclass, field, fields
from enum import Enum, IntEnum
from typing import Any

ZONES = 16
"""Number of protected zones in EnterPermit, InZone and ZoneClear."""

NAMESPACE_URI = "urn:linewalker:station:io:1"
"""OPC UA namespace of the image; its number is 2 on a Linewalker station."""

COUNTER_VALUES = 2**32
"""Life counters count up and wrap here."""


class SignalType(Enum):
    """OPC UA built-in types of the image."""

    BOOLEAN = "Boolean"
    BYTE = "Byte"
    UINT16 = "UInt16"
    UINT32 = "UInt32"
    FLOAT = "Float"
    STRING = "String"


class Mode(IntEnum):
    """What the line lets the station do."""

    OFF = 0
    AUTOMATIC = 1


class LineResult(IntEnum):
    """The verdict on a whole car as the line reads it (numbers of OPC 40001-101 ResultEvaluation)."""

    UNDEFINED = 0
    OK = 1
    NOK = 2
    NOT_DECIDABLE = 3


@dataclass(frozen=True, kw_only=True)
class Signal:
    """One signal of the image.

    Attributes:
        name: on the wire.
        type: of one element.
        length: number of elements of an array; 0 for a scalar.
        most_characters: of a string; 0 for other types.
        meaning: in English.
        meaning_zh: in Chinese.
    """

    name: str
    type: SignalType
    length: int = 0
    most_characters: int = 0
    meaning: str
    meaning_zh: str


def _signal(default: Any, name: str, type: SignalType, meaning: str, meaning_zh: str, most_characters: int = 0) -> Any:
    length = len(default) if isinstance(default, tuple) else 0
    signal = Signal(
        name=name,
        type=type,
        length=length,
        most_characters=most_characters,
        meaning=meaning,
        meaning_zh=meaning_zh,
    )
    return field(default=default, metadata={"signal": signal})


_NO_ZONE = (False,) * ZONES
_BOOLEAN, _BYTE, _UINT16, _UINT32 = SignalType.BOOLEAN, SignalType.BYTE, SignalType.UINT16, SignalType.UINT32
_FLOAT, _STRING = SignalType.FLOAT, SignalType.STRING


@dataclass(frozen=True, kw_only=True)
class LineImage:
    """PLC -> robot station."""

    life_counter: int = _signal(
        0, "LifeCounter", _UINT32, "counts up while the line controller lives", "线体控制器存活计数，持续递增"
    )
    mode: int = _signal(0, "Mode", _BYTE, "0 off, 1 automatic", "运行方式：0 关，1 自动")
    vehicle_in_place: bool = _signal(
        False, "VehicleInPlace", _BOOLEAN, "the car stands still at the station", "车辆已到位并静止"
    )
    vin: str = _signal("", "VIN", _STRING, "VIN of the car at the station", "工位上车辆的车辆识别代号", 17)
    type_code: str = _signal("", "TypeCode", _STRING, "vehicle model", "车型", 64)
    options: str = _signal(
        "", "Options", _STRING, "options, as paint=red;wheels=sport", "选装，如 paint=red;wheels=sport", 1024
    )
    sequence_no: int = _signal(
        0, "SequenceNo", _UINT32, "number of this inspection, new for each one", "本次检测的序号，每次检测不同"
    )
    enter_permit: tuple[bool, ...] = _signal(
        _NO_ZONE, "EnterPermit", _BOOLEAN, "the robot may be in zone i", "允许机器人进入区域 i"
    )
    start_inspect: bool = _signal(
        False, "StartInspect", _BOOLEAN, "inspect this car; held until Done", "开始检测；保持到 Done 为止"
    )
    ack_result: bool = _signal(
        False, "AckResult", _BOOLEAN, "the result is taken over; held until Done falls", "结果已接收；保持到 Done 复位"
    )
    fault_reset: bool = _signal(False, "FaultReset", _BOOLEAN, "its rising edge resets a fault", "上升沿复位故障")


@dataclass(frozen=True, kw_only=True)
class StationImage:
    """Robot station -> PLC."""

    life_counter: int = _signal(0, "LifeCounter", _UINT32, "echo of the line's LifeCounter", "线体存活计数的回送")
    ready: bool = _signal(False, "Ready", _BOOLEAN, "a job can start", "可以开始检测")
    in_zone: tuple[bool, ...] = _signal(
        _NO_ZONE, "InZone", _BOOLEAN, "a part of the robot is in zone i", "机器人有部位在区域 i 内"
    )
    zone_clear: tuple[bool, ...] = _signal(
        _NO_ZONE,
        "ZoneClear",
        _BOOLEAN,
        "the robot is surely out of zone i; False on any doubt",
        "机器人确定不在区域 i 内；有任何疑问即为假",
    )
    busy: bool = _signal(False, "Busy", _BOOLEAN, "the job runs", "检测进行中")
    done: bool = _signal(False, "Done", _BOOLEAN, "Result is valid and committed", "结果有效且已存档")
    result: int = _signal(
        0, "Result", _BYTE, "0 undefined, 1 OK, 2 NOK, 3 not decidable", "0 未定义，1 合格，2 不合格，3 不可判定"
    )
    result_reason: str = _signal(
        "", "ResultReason", _STRING, "why the result is not OK, in words", "结果非合格的原因", 1024
    )
    job_id: str = _signal("", "JobId", _STRING, "the job that runs or is done", "正在进行或已完成的任务号", 64)
    vin: str = _signal("", "VIN", _STRING, "VIN the job was started with", "任务开始时的 VIN 回送", 17)
    sequence_no: int = _signal(0, "SequenceNo", _UINT32, "SequenceNo the job was started with", "任务开始时的序号回送")
    progress: float = _signal(0.0, "Progress", _FLOAT, "share of the job that is done, 0 to 1", "任务进度，0 到 1")
    fault_code: int = _signal(0, "FaultCode", _UINT16, "0 no fault; see the fault table", "0 无故障；见故障表")
    fault_text: str = _signal(
        "", "FaultText", _STRING, "the fault in words, English / Chinese", "故障说明，英文 / 中文", 1024
    )
    home_pos: bool = _signal(False, "HomePos", _BOOLEAN, "the robot stands at its home", "机器人在原位")
    result_json: str = _signal(
        "",
        "ResultJson",
        _STRING,
        "every characteristic of the car, see results.md",
        "该车全部特性，见 results.md",
        4_000_000,
    )


def signals_of(image: type[LineImage] | type[StationImage]) -> tuple[tuple[str, Signal], ...]:
    """(field name, signal) of every signal of an image, in the order of the table."""
    return tuple((entry.name, _signal_of(entry)) for entry in fields(image))


def _signal_of(entry: Field[Any]) -> Signal:
    signal: Signal = entry.metadata["signal"]
    return signal


def node_name(image: type[LineImage] | type[StationImage], signal: Signal) -> str:
    """The string NodeId without namespace: ``Linewalker.Station.In.VIN``. In and Out are seen from the station."""
    return f"Linewalker.Station.{'In' if image is LineImage else 'Out'}.{signal.name}"
