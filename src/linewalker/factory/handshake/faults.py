"""Faults a station reports to the line: FaultCode, its meaning, and whether the robot's place is in doubt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class FaultCode(IntEnum):
    """1xx: the line took back what the job needs. 2xx: the station or its robot failed."""

    NONE = 0
    LINE_LOST = 101
    LINE_STOPPED = 102
    VEHICLE_MOVED = 103
    PERMIT_WITHDRAWN = 104
    START_WITHDRAWN = 105
    ORDER_CHANGED = 106
    ORDER_INVALID = 107
    PROGRAM_SILENT = 201
    ROBOT_FELL = 202
    ROBOT_FAULT = 203
    RECORDS_FAULT = 204
    ROBOT_STOPPED = 205


FAULT_MEANINGS: dict[FaultCode, tuple[str, str]] = {
    FaultCode.NONE: ("no fault", "无故障"),
    FaultCode.LINE_LOST: ("the line's LifeCounter stood still during a job", "任务中线体存活计数停止"),
    FaultCode.LINE_STOPPED: ("Mode changed during a job", "任务中运行方式改变"),
    FaultCode.VEHICLE_MOVED: ("VehicleInPlace fell during a job", "任务中车辆到位信号消失"),
    FaultCode.PERMIT_WITHDRAWN: ("EnterPermit fell during a job", "任务中进入许可被撤回"),
    FaultCode.START_WITHDRAWN: ("StartInspect fell before Done", "完成之前启动信号消失"),
    FaultCode.ORDER_CHANGED: (
        "the order (VIN, TypeCode, Options, SequenceNo, Purpose, RefersTo) changed during a job",
        "任务中车辆数据改变",
    ),
    FaultCode.ORDER_INVALID: (
        "StartInspect with an order that is none, is not the announced one, refers to nothing, or whose VIN and "
        "SequenceNo have another's result",
        "启动时车辆数据无效、与预告的订单不符、所依据的检测不存在，或该 VIN 与序号已有另一订单的结果",
    ),
    FaultCode.PROGRAM_SILENT: ("the robot program does not report any more", "机器人程序无响应"),
    FaultCode.ROBOT_FELL: ("the robot fell", "机器人跌倒"),
    FaultCode.ROBOT_FAULT: ("the robot can not go on", "机器人故障"),
    FaultCode.RECORDS_FAULT: ("the result could not be stored", "结果无法存档"),
    FaultCode.ROBOT_STOPPED: ("the robot stopped itself and holds", "机器人自主停止并保持站立"),
}
"""Code -> meaning in English and Chinese."""

PLACE_IN_DOUBT = frozenset({FaultCode.PROGRAM_SILENT, FaultCode.ROBOT_FELL, FaultCode.ROBOT_FAULT})
"""Faults after which nobody can say where the robot's parts are: no zone is clear."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What stopped the station.

    Attributes:
        code: for the PLC.
        text: for the person in front of it.
    """

    code: FaultCode
    text: str

    @property
    def in_chinese(self) -> str:
        """What the code means."""
        return FAULT_MEANINGS[self.code][1]

    @property
    def in_both_languages(self) -> str:
        """The text, which is English, and what the code means, in Chinese."""
        return f"{self.text} / {self.in_chinese}"
