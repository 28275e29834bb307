"""What happens to orders at a station, as entries of its journal: what was begun, done, skipped, stopped, and why."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from linewalker.brain.decision import Decision
from linewalker.brain.memory.journal import Entry, Journal
from linewalker.inspection.title import Title


class Happening(Enum):
    """What happened. The member's value is the code of its entry."""

    ORDER_BEGUN = "order_begun"
    ORDER_DONE = "order_done"
    ORDER_CANCELLED = "order_cancelled"
    ORDER_FAILED = "order_failed"
    TASK_BEGUN = "task_begun"
    TASK_DONE = "task_done"
    TASK_SKIPPED = "task_skipped"
    NO_TIME_LEFT = "no_time_left"
    CAR_CAME = "car_came"
    CAR_LATE = "car_late"
    CAR_JUDGED = "car_judged"
    CAR_INTERRUPTED = "car_interrupted"
    CAR_BYPASSED = "car_bypassed"
    OVERRIDDEN = "overridden"
    PAUSE_ASKED = "pause_asked"
    WENT_ON = "went_on_asked"
    STOP_ASKED = "stop_asked"
    STOPPED = "stopped"
    RELEASED = "released"


_SENTENCES = {
    Happening.ORDER_BEGUN: ("开始执行：{what}", "begun: {what}"),
    Happening.ORDER_DONE: ("执行完毕：{what}", "done: {what}"),
    Happening.ORDER_CANCELLED: ("按要求取消：{what}", "cancelled as asked: {what}"),
    Happening.ORDER_FAILED: ("没有执行完：{what}；{why}", "not carried to its end: {what}; {why}"),
    Happening.TASK_BEGUN: ("开始：{what}", "begins: {what}"),
    Happening.TASK_DONE: ("完成：{what}", "has done: {what}"),
    Happening.TASK_SKIPPED: ("跳过：{what}；{why}", "skipped: {what}; {why}"),
    Happening.NO_TIME_LEFT: ("{within_s} 秒已到，其余不再检测", "the {within_s} s are over; the rest is not inspected"),
    Happening.CAR_CAME: ("车辆 {vin} 到位", "the car {vin} is in place"),
    Happening.CAR_LATE: (
        "等了 {waited_s} 秒，车辆 {vin} 仍未到位，不再等",
        "the car {vin} was not in place after {waited_s} s; nobody waits for it any longer",
    ),
    Happening.CAR_JUDGED: ("车辆 {vin} 第 {sequence} 次检测：{verdict}", "car {vin}, inspection {sequence}: {verdict}"),
    Happening.CAR_INTERRUPTED: (
        "车辆 {vin} 第 {sequence} 次检测中断：{why}",
        "car {vin}, inspection {sequence} was broken off: {why}",
    ),
    Happening.CAR_BYPASSED: (
        "线体旁路：车辆 {vin} 第 {sequence} 次检测未进行",
        "bypassed by the line: car {vin}, inspection {sequence}",
    ),
    Happening.OVERRIDDEN: (
        "{name} 对车辆 {vin} 第 {sequence} 次检测作出人工判定 {verdict}：{why}",
        "{name} overrides car {vin}, inspection {sequence}, with {verdict}: {why}",
    ),
    Happening.PAUSE_ASKED: ("收到暂停要求", "a pause was asked for"),
    Happening.WENT_ON: ("收到继续要求", "the robot was told to go on"),
    Happening.STOP_ASKED: ("收到停止要求", "a stop was asked for"),
    Happening.STOPPED: ("已停止并站稳：{why}", "stopped, and stands: {why}"),
    Happening.RELEASED: ("停止已解除", "the stop was released"),
}


class LogBook:
    """Writes down what happens and what is decided.

    Args:
        journal: where.
        now_s: robot time.
        listen: hears every entry after it is on disk.

    Attributes:
        context: what every entry is about besides: the order, the car.
    """

    def __init__(self, journal: Journal, now_s: Callable[[], float], listen: Callable[[Entry], None] = lambda _: None):
        self._journal, self._now_s, self.listen = journal, now_s, listen
        self.context: dict[str, str | int] = {}

    def note(self, happening: Happening, **about: str | int | float | Title) -> Entry:
        """Something that happened to an order, a task or a car."""
        zh, en = _SENTENCES[happening]
        in_chinese = {name: value.zh if isinstance(value, Title) else value for name, value in about.items()}
        in_english = {name: value.en if isinstance(value, Title) else value for name, value in about.items()}
        text = Title(zh=zh.format_map(in_chinese), en=en.format_map(in_english))
        return self._write(happening.value, text, in_english)

    def decide(self, decision: Decision) -> None:
        """What the robot decided on its way or at work."""
        self._write(decision.what.value, decision.text, dict(decision.about))

    def _write(self, code: str, text: Title, about: dict[str, str | int | float]) -> Entry:
        entry = self._journal.write(code, text, self._now_s(), **{**self.context, **about})
        self.listen(entry)
        return entry
