"""The I/O image between the line controller (PLC) and the robot station, as data.

Two frozen records are the image: `LineImage` is what the line says, `StationImage` what the station says. Each field
carries its `Signal`: the name on the wire, its type, its place in the byte image of a fieldbus, and what it means. The
OPC UA address space, the byte image and its UDT, the checks on what a client writes and the tables in
``docs/line-interface.md`` all come from here.
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

CHARACTERISTICS = 60
"""Number of characteristics whose results are told as numbers."""

NO_VALUE, FURTHEST_VALUE = -(2**15), 2**15 - 1
"""CharacteristicValue where there is no number, and where the number is beyond what it can tell."""

LONGEST_STRING = 254
"""Bytes of the longest STRING of an S7."""


class SignalType(Enum):
    """OPC UA built-in types of the image."""

    BOOLEAN = "Boolean"
    BYTE = "Byte"
    INT16 = "Int16"
    UINT16 = "UInt16"
    UINT32 = "UInt32"
    FLOAT = "Float"
    STRING = "String"


class LineMode(IntEnum):
    """What the line lets the station do."""

    OFF = 0
    AUTOMATIC = 1
    MANUAL = 2
    BYPASS = 3


class Purpose(IntEnum):
    """What an inspection is for."""

    INSPECTION = 0
    REINSPECTION = 1
    AFTER_REWORK = 2
    MASTER_PART = 3

    @property
    def follows(self) -> bool:
        """Whether it follows on an inspection there was, to which it refers."""
        return self in (Purpose.REINSPECTION, Purpose.AFTER_REWORK)


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
        values: of a number of which there are only some; None for others.
        byte, bit: where it begins in the byte image; None: it is not in there. Of a text, `string_bytes` fit.
        meaning: in English.
        meaning_zh: in Chinese.
    """

    name: str
    type: SignalType
    length: int = 0
    most_characters: int = 0
    values: tuple[int, ...] | None = None
    byte: int | None = None
    bit: int = 0
    meaning: str
    meaning_zh: str

    @property
    def string_bytes(self) -> int:
        """Bytes a text may have in the byte image."""
        return min(self.most_characters, LONGEST_STRING)


def _signal(
    default: Any,
    name: str,
    type: SignalType,
    at: str | None,
    meaning: str,
    meaning_zh: str,
    most_characters: int = 0,
    values: tuple[int, ...] | None = None,
) -> Any:
    """A field of an image; ``at`` is its place in the byte image as a PLC writes it: ``12``, ``5.3``."""
    byte, _, bit = (at or "").partition(".")
    signal = Signal(
        name=name,
        type=type,
        length=len(default) if isinstance(default, tuple) else 0,
        most_characters=most_characters,
        values=values,
        byte=int(byte) if byte else None,
        bit=int(bit or 0),
        meaning=meaning,
        meaning_zh=meaning_zh,
    )
    return field(default=default, metadata={"signal": signal})


_NO_ZONE = (False,) * ZONES
_BOOLEAN, _BYTE, _UINT16, _UINT32 = SignalType.BOOLEAN, SignalType.BYTE, SignalType.UINT16, SignalType.UINT32
_INT16, _FLOAT, _STRING = SignalType.INT16, SignalType.FLOAT, SignalType.STRING


@dataclass(frozen=True, kw_only=True)
class LineImage:
    """PLC -> robot station."""

    life_counter: int = _signal(
        0, "LifeCounter", _UINT32, "0", "counts up while the line controller lives", "线体控制器存活计数，持续递增"
    )
    mode: int = _signal(
        0,
        "Mode",
        _BYTE,
        "4",
        "0 off, 1 automatic, 2 manual, 3 bypass",
        "运行方式：0 关，1 自动，2 手动，3 旁路",
        values=tuple(LineMode),
    )
    vehicle_in_place: bool = _signal(
        False, "VehicleInPlace", _BOOLEAN, "5.0", "the car stands still at the station", "车辆已到位并静止"
    )
    start_inspect: bool = _signal(
        False, "StartInspect", _BOOLEAN, "5.1", "inspect this car; held until Done", "开始检测；保持到 Done 为止"
    )
    ack_result: bool = _signal(
        False,
        "AckResult",
        _BOOLEAN,
        "5.2",
        "the result is taken over; held until Done falls",
        "结果已接收；保持到 Done 复位",
    )
    fault_reset: bool = _signal(
        False, "FaultReset", _BOOLEAN, "5.3", "its rising edge resets a fault", "上升沿复位故障"
    )
    stop_at_end_of_cycle: bool = _signal(
        False,
        "StopAtEndOfCycle",
        _BOOLEAN,
        "5.4",
        "the job that runs goes to its end, and no other starts",
        "当前任务做完为止，不再启动新任务",
    )
    carrier_empty: bool = _signal(
        False, "CarrierEmpty", _BOOLEAN, "5.5", "the carrier that stands there has no car", "到位的载具上没有车"
    )
    store_override: bool = _signal(
        False,
        "StoreOverride",
        _BOOLEAN,
        "5.6",
        "its rising edge stores a person's verdict beside the result, while Done is 1",
        "Done 为 1 时，上升沿把人工判定与结果一并存档",
    )
    enter_permit: tuple[bool, ...] = _signal(
        _NO_ZONE, "EnterPermit", _BOOLEAN, "6", "the robot may be in zone i", "允许机器人进入区域 i"
    )
    sequence_no: int = _signal(
        0, "SequenceNo", _UINT32, "8", "number of this inspection, new for each one", "本次检测的序号，每次检测不同"
    )
    refers_to: int = _signal(
        0,
        "RefersTo",
        _UINT32,
        "12",
        "SequenceNo of the inspection this one follows on; 0 if on none",
        "本次检测所依据的首次检测的序号；没有则为 0",
    )
    purpose: int = _signal(
        0,
        "Purpose",
        _BYTE,
        "16",
        "0 inspection, 1 re-inspection, 2 after rework, 3 master part",
        "检测目的：0 检测，1 复检，2 返修后检测，3 标准件",
        values=tuple(Purpose),
    )
    override_result: int = _signal(
        0,
        "OverrideResult",
        _BYTE,
        "17",
        "a person's verdict, as Result",
        "人工判定，同 Result",
        values=tuple(LineResult),
    )
    vin: str = _signal("", "VIN", _STRING, "18", "VIN of the car at the station", "工位上车辆的车辆识别代号", 17)
    type_code: str = _signal("", "TypeCode", _STRING, "38", "vehicle model", "车型", 64)
    options: str = _signal(
        "", "Options", _STRING, "104", "options, as paint=red;wheels=sport", "选装，如 paint=red;wheels=sport", 1024
    )
    override_name: str = _signal(
        "", "OverrideName", _STRING, "360", "who it is that overrides", "作出人工判定者的姓名", 64
    )
    override_reason: str = _signal("", "OverrideReason", _STRING, "426", "and why", "人工判定的理由", 254)


@dataclass(frozen=True, kw_only=True)
class StationImage:
    """Robot station -> PLC."""

    life_counter: int = _signal(0, "LifeCounter", _UINT32, "0", "echo of the line's LifeCounter", "线体存活计数的回送")
    ready: bool = _signal(False, "Ready", _BOOLEAN, "4.0", "a job can start", "可以开始检测")
    busy: bool = _signal(False, "Busy", _BOOLEAN, "4.1", "the job runs", "检测进行中")
    done: bool = _signal(False, "Done", _BOOLEAN, "4.2", "Result is valid and committed", "结果有效且已存档")
    home_pos: bool = _signal(False, "HomePos", _BOOLEAN, "4.3", "the robot stands at its home", "机器人在原位")
    cycle_stopped: bool = _signal(
        False, "CycleStopped", _BOOLEAN, "4.4", "stopped at the end of a cycle, as asked", "已按要求在循环结束时停止"
    )
    override_stored: bool = _signal(
        False, "OverrideStored", _BOOLEAN, "4.5", "the person's verdict is on record", "人工判定已存档"
    )
    override_refused: bool = _signal(
        False,
        "OverrideRefused",
        _BOOLEAN,
        "4.6",
        "it is not: no result stands there for this car, or verdict, name or reason is missing",
        "人工判定未存档：该车没有待确认的结果，或缺少判定、姓名或理由",
    )
    result: int = _signal(
        0, "Result", _BYTE, "5", "0 undefined, 1 OK, 2 NOK, 3 not decidable", "0 未定义，1 合格，2 不合格，3 不可判定"
    )
    in_zone: tuple[bool, ...] = _signal(
        _NO_ZONE, "InZone", _BOOLEAN, "6", "a part of the robot is in zone i", "机器人有部位在区域 i 内"
    )
    zone_clear: tuple[bool, ...] = _signal(
        _NO_ZONE,
        "ZoneClear",
        _BOOLEAN,
        "8",
        "the robot is surely out of zone i; False on any doubt",
        "机器人确定不在区域 i 内；有任何疑问即为假",
    )
    fault_code: int = _signal(0, "FaultCode", _UINT16, "10", "0 no fault; see the fault table", "0 无故障；见故障表")
    sequence_no: int = _signal(
        0, "SequenceNo", _UINT32, "12", "SequenceNo the job was started with", "任务开始时的序号回送"
    )
    progress: float = _signal(
        0.0, "Progress", _FLOAT, "16", "share of the job that is done, 0 to 1", "任务进度，0 到 1"
    )
    vin: str = _signal("", "VIN", _STRING, "20", "VIN the job was started with", "任务开始时的 VIN 回送", 17)
    count_ok: int = _signal(0, "CountOk", _UINT16, "40", "characteristics that are OK", "合格特性的数量")
    count_nok: int = _signal(0, "CountNok", _UINT16, "42", "characteristics that are NOK", "不合格特性的数量")
    count_not_decidable: int = _signal(
        0, "CountNotDecidable", _UINT16, "44", "characteristics that are not decidable", "不可判定特性的数量"
    )
    characteristic_result: tuple[int, ...] = _signal(
        (0,) * CHARACTERISTICS,
        "CharacteristicResult",
        _BYTE,
        "52",
        "of the model's characteristic i in the plan: 0 not on this car, else as Result",
        "检测计划中该车型第 i 个特性：0 本车没有，其余同 Result",
    )
    characteristic_value: tuple[int, ...] = _signal(
        (0,) * CHARACTERISTICS,
        "CharacteristicValue",
        _INT16,
        "112",
        "what was measured there, in 1/100 mm; -32768 no number, 32767 or -32767 beyond it",
        "该特性的测量值，单位 1/100 mm；-32768 无数值，32767 或 -32767 超出范围",
    )
    job_id: str = _signal("", "JobId", _STRING, "232", "the job that runs or is done", "正在进行或已完成的任务号", 64)
    result_reason: str = _signal(
        "", "ResultReason", _STRING, "298", "why the result is not OK, in words", "结果非合格的原因", 1024
    )
    fault_text: str = _signal(
        "", "FaultText", _STRING, "554", "the fault in words, English / Chinese", "故障说明，英文 / 中文", 1024
    )
    result_json: str = _signal(
        "",
        "ResultJson",
        _STRING,
        None,
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
