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


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """Who of the plant does what about a fault, in English and Chinese."""

    who: tuple[str, str]
    what: tuple[str, str]


_PLC, _OPERATOR = ("PLC programmer", "PLC 程序员"), ("line operator", "线体操作员")
_MAINTENANCE = ("maintenance", "维修")
FAULT_REMEDIES: dict[FaultCode, Remedy] = {
    FaultCode.LINE_LOST: Remedy(
        who=_PLC,
        what=(
            "PLC stopped, network down, or another task starves it; reset when it counts",
            "PLC 停止、网络中断或被其他任务挤占；恢复计数后复位",
        ),
    ),
    FaultCode.LINE_STOPPED: Remedy(who=_OPERATOR, what=("meant so? reset and go on", "是有意的吗？复位并继续")),
    FaultCode.VEHICLE_MOVED: Remedy(
        who=_OPERATOR, what=("see where the car stands; check the sensor", "看车停在哪里；检查传感器")
    ),
    FaultCode.PERMIT_WITHDRAWN: Remedy(
        who=_OPERATOR, what=("somebody was in the zone: why? reset when it is free", "有人进入区域：为什么？清空后复位")
    ),
    FaultCode.START_WITHDRAWN: Remedy(
        who=_PLC, what=("a step of the PLC program that does not wait", "PLC 程序有一步没有等待")
    ),
    FaultCode.ORDER_CHANGED: Remedy(who=_PLC, what=("data of the next car came too early", "下一辆车的数据来得太早")),
    FaultCode.ORDER_INVALID: Remedy(
        who=("production planning", "生产规划"),
        what=(
            "`FaultText` names what; correct the order with a greater revision, or the PLC's data",
            "`FaultText` 写明是什么；用更大的版本号更正订单，或改 PLC 的数据",
        ),
    ),
    FaultCode.PROGRAM_SILENT: Remedy(
        who=_MAINTENANCE,
        what=(
            "the service has died or hangs: `journalctl -u linewalker`, restart; two in a week: send journal and log "
            "to the maker",
            "服务已死或卡住：`journalctl -u linewalker`，重启；一周两次：把日志送交厂家",
        ),
    ),
    FaultCode.ROBOT_FELL: Remedy(
        who=("maintenance, safety engineer", "维修，安全工程师"),
        what=(
            "zone closed; lift it by the procedure of its maker; look at hands and feet; one master part before the "
            "next car",
            "封闭区域；按其厂家的步骤扶起；检查手和脚；下一辆车之前先测一个标准件",
        ),
    ),
    FaultCode.ROBOT_FAULT: Remedy(
        who=_MAINTENANCE,
        what=(
            "`FaultText` names it: lost robot, stopped service; the journal has the last decisions",
            "`FaultText` 写明：机器人失联、服务被停；日志有最后的决定",
        ),
    ),
    FaultCode.RECORDS_FAULT: Remedy(
        who=("plant IT", "工厂 IT"),
        what=(
            "disk full or gone: free space; nothing was told that is not stored",
            "磁盘已满或不在：腾出空间；没有存储的都没有说出去",
        ),
    ),
    FaultCode.ROBOT_STOPPED: Remedy(
        who=("line operator, then maintenance", "线体操作员，然后维修"),
        what=(
            "see why it is told: a push, boards covered, sensors that disagree; take the cause away, then reset; it "
            "leaves the car by itself",
            "看它说的原因：被推、标定板被遮、传感器矛盾；消除原因后复位；它会自己离开车",
        ),
    ),
}
"""What is done about each fault; docs/operation.md says the same."""

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
