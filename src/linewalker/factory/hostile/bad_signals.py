"""Scenarios that need nothing but the image: they run over every wire."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from linewalker.factory.handshake.faults import FaultCode
from linewalker.factory.handshake.signals import ZONES, LineMode
from linewalker.factory.hostile.bad_line import SOON_S, BadLine
from linewalker.factory.hostile.scenario import Broken, NotShown, Scenario


async def _disturbed(line: BadLine, code: FaultCode, **signals: Any) -> str:
    """Start a car, say something that a running job does not bear, and go on as if nothing were."""
    await line.start()
    await line.keep("the job", lambda s: s.busy or s.done, line.rng.random())
    if line.station is not None and line.station.done:
        raise NotShown("the job was done before it could be disturbed")
    line.say(**signals)
    seen = await line.expect_fault(code)
    await line.keep("the fault", lambda s: s.fault_code == code and not (s.busy or s.done or s.ready))
    return f"{seen}; it stayed until it was reset"


async def overrun(line: BadLine) -> str:
    """The line's takt ends before the station's."""
    return await _disturbed(line, FaultCode.VEHICLE_MOVED, vehicle_in_place=False)


async def permits_withdrawn(line: BadLine) -> str:
    """The zone is closed under the robot."""
    return await _disturbed(line, FaultCode.PERMIT_WITHDRAWN, enter_permit=(False,) * ZONES)


async def mode_off(line: BadLine) -> str:
    """Somebody turns the switch."""
    return await _disturbed(line, FaultCode.LINE_STOPPED, mode=LineMode.OFF)


async def start_withdrawn(line: BadLine) -> str:
    """A pulse where a level belongs."""
    return await _disturbed(line, FaultCode.START_WITHDRAWN, start_inspect=False)


async def changing_vin(line: BadLine) -> str:
    """The next car's data come while this one is inspected."""
    other = next(line.orders)
    return await _disturbed(line, FaultCode.ORDER_CHANGED, vin=other.vin, sequence_no=other.sequence)


async def heartbeat_lost(line: BadLine) -> str:
    """LifeCounter stands still while a job runs."""
    await line.start()
    line.counting = False
    await line.until("fault 101", lambda s: s.fault_code != 0 or s.done, line.patience.line_lost_s)
    return _line_lost(line)


async def heartbeat_frozen(line: BadLine) -> str:
    """A line that never counts is none, whatever else it says."""
    await line.make_ready()
    line.counting = False
    await line.until("the end of Ready", lambda s: not s.ready, line.patience.line_lost_s)
    line.say(start_inspect=True, vehicle_in_place=True, enter_permit=(True,) * ZONES)
    await line.keep("a station at rest", lambda s: not (s.ready or s.busy or s.done))
    return "Ready fell, and nothing could be started"


async def same_number_again(line: BadLine) -> str:
    """The same car and number once more: its result comes back, nothing is inspected twice."""
    order = next(line.orders)
    first = await line.bring(order)
    await line.take_over()
    again = await line.bring(order)
    await line.take_over()
    if (first.result, first.result_json) != (again.result, again.result_json):
        raise Broken(f"two results for one number: {first.result} and {again.result}")
    return "the stored result came back, the same to the last character"


async def new_number(line: BadLine) -> str:
    """The same car with a new number is a new inspection."""
    order = next(line.orders)
    await line.bring(order)
    await line.take_over()
    again = replace(next(line.orders), vin=order.vin, model=order.model, options=order.options)
    await line.bring(again)
    await line.take_over()
    return "the same VIN with a new number was inspected again"


async def other_order(line: BadLine) -> str:
    """The number of a car that has a result, with other options."""
    order = next(line.orders)
    await line.bring(order)
    await line.take_over()
    await line.announce(order, options=f"{order.options_text};hostile=yes" if order.options_text else "hostile=yes")
    line.say(start_inspect=True)
    return await line.expect_fault(FaultCode.ORDER_INVALID, line.patience.ready_s)


async def no_vin(line: BadLine) -> str:
    """A start without a car's name."""
    await line.announce(vin=line.rng.choice(("", "0", "IOQ", "LSVAA49J13204737")))
    line.say(start_inspect=True)
    return await line.expect_fault(FaultCode.ORDER_INVALID)


async def unknown_model(line: BadLine) -> str:
    """A model that no plan has."""
    await line.announce(type_code="no such model")
    line.say(start_inspect=True)
    return await line.expect_fault(FaultCode.ORDER_INVALID, line.patience.ready_s)


async def early_acknowledgement(line: BadLine) -> str:
    """AckResult is high before there is a result."""
    await line.start()
    line.say(ack_result=True)
    await line.until("Done", lambda s: s.done, line.patience.job_s)
    await line.keep("Done", lambda s: s.done)
    line.say(ack_result=False)
    await line.keep("Done", lambda s: s.done)
    await line.take_over()
    return "Done stayed until AckResult rose anew"


async def foreign_acknowledgement(line: BadLine) -> str:
    """The result is taken over for the next car."""
    order, other = next(line.orders), next(line.orders)
    await line.bring(order)
    line.say(start_inspect=False)
    await line.scan()
    line.say(vin=other.vin, sequence_no=other.sequence, ack_result=True)
    await line.keep("Done", lambda s: s.done and s.vin == order.vin)
    line.say(vin=order.vin, sequence_no=order.sequence, ack_result=False)
    await line.scan()
    await line.take_over()
    return "Done stayed until the right car was acknowledged"


async def reset_held(line: BadLine) -> str:
    """FaultReset is wired to high."""
    await line.start()
    line.say(fault_reset=True)
    line.say(vehicle_in_place=False)
    await line.expect_fault(FaultCode.VEHICLE_MOVED)
    await line.keep("the fault", lambda s: s.fault_code != 0)
    return "the fault stayed: a level resets nothing"


async def restart_when_ready(line: BadLine) -> str:
    """The PLC restarts with a car announced and nothing started."""
    await line.announce()
    await line.restart()
    await line.keep("a station at rest", lambda s: not (s.busy or s.done))
    return "nothing started"


async def restart_when_busy(line: BadLine) -> str:
    """The PLC restarts, and has forgotten everything, while a job runs."""
    await line.start()
    await line.restart()
    station = await line.until("a fault", lambda s: s.fault_code != 0 or s.done, line.patience.line_lost_s)
    if station.done or not 101 <= station.fault_code <= 106:
        raise Broken(f"a job that nobody wants any more: {line.seen}")
    return f"fault {station.fault_code}, no result"


async def restart_when_done(line: BadLine) -> str:
    """The PLC restarts while a result waits."""
    order = next(line.orders)
    first = await line.bring(order)
    await line.restart()
    station = await line.answered()
    if not station.done or station.result_json != first.result_json:
        raise Broken(f"the result did not wait: {line.seen}")
    line.say(vin=order.vin, sequence_no=order.sequence)
    await line.scan()
    await line.take_over()
    return "the result waited, and was taken over after the restart"


async def restart_when_acknowledged(line: BadLine) -> str:
    """The PLC restarts between its acknowledgement and the end of Done, and takes the car for a new one."""
    order = next(line.orders)
    first = await line.bring(order)
    line.say(start_inspect=False, ack_result=True)
    await line.link.write(line.image)
    await line.restart()
    again = await line.bring(order)
    await line.take_over()
    if first.result_json != again.result_json:
        raise Broken("the car was inspected twice under one number")
    return "the stored result came back"


async def restart_at_fault(line: BadLine) -> str:
    """The PLC restarts while a fault stands."""
    await line.start()
    line.say(vehicle_in_place=False)
    await line.expect_fault(FaultCode.VEHICLE_MOVED)
    await line.restart()
    await line.keep("the fault", lambda s: s.fault_code == FaultCode.VEHICLE_MOVED)
    return "the fault stayed until it was reset"


async def short_cut(line: BadLine) -> str:
    """The network is away for a second while a job runs."""
    order = await line.start()
    await line.link.close()
    await asyncio.sleep(1.0)
    await line.join()
    station = await line.answered()
    if station.fault_code or (station.vin, station.sequence_no) != (order.vin, order.sequence):
        raise Broken(f"the job did not go on: {line.seen}")
    await line.until("Done", lambda s: s.done, line.patience.job_s)
    await line.take_over()
    return "the job went on, its result came"


async def long_cut(line: BadLine) -> str:
    """The network is away for longer than a job may be without its line."""
    await line.start()
    await line.link.close()
    await asyncio.sleep(line.patience.line_lost_s)
    await line.join()
    await line.answered(2.0 * SOON_S)
    return _line_lost(line)


def _line_lost(line: BadLine) -> str:
    station = line.station
    if station is not None and station.done:
        raise NotShown("the job was done before its line was missed")
    if station is None or station.fault_code != FaultCode.LINE_LOST:
        raise Broken(f"expected fault 101 (LINE_LOST) and nothing else: {line.seen}")
    return "fault 101 (LINE_LOST), no result"


_STOPS, _STOPS_ZH = "fault {}; no result; nothing starts before a reset", "故障 {}；没有结果；复位之前不再启动"


def _stopping(name: str, play: Callable[[BadLine], Awaitable[str]], code: int, does: str, does_zh: str) -> Scenario:
    return Scenario(name, play, does, does_zh, _STOPS.format(code), _STOPS_ZH.format(code))


AT_THE_SIGNALS = (
    _stopping("overrun", overrun, 103, "the car moves on while it is inspected", "检测中车辆离开"),
    _stopping("permits-withdrawn", permits_withdrawn, 104, "EnterPermit falls during a job", "任务中撤回进入许可"),
    _stopping("mode-off", mode_off, 102, "Mode leaves automatic during a job", "任务中退出自动方式"),
    _stopping("start-withdrawn", start_withdrawn, 105, "StartInspect is a pulse", "启动信号只是一个脉冲"),
    _stopping("changing-vin", changing_vin, 106, "VIN and SequenceNo change during a job", "任务中 VIN 和序号改变"),
    _stopping("heartbeat-lost", heartbeat_lost, 101, "LifeCounter stands still during a job", "任务中存活计数停止"),
    Scenario(
        "heartbeat-frozen",
        heartbeat_frozen,
        "LifeCounter never counts, everything else is said",
        "存活计数从不变化，其余信号齐全",
        "no Ready, no job",
        "不就绪，不启动任务",
    ),
    Scenario(
        "same-number",
        same_number_again,
        "the same VIN and SequenceNo once more",
        "同一 VIN 和序号再次启动",
        "the stored result comes back, the same",
        "返回已存结果，完全相同",
    ),
    Scenario(
        "new-number",
        new_number,
        "the same VIN with a new SequenceNo",
        "同一 VIN，新的序号",
        "a new inspection",
        "重新检测",
    ),
    _stopping("other-order", other_order, 107, "a number that has a result, other options", "序号已有结果而选装不同"),
    _stopping("no-vin", no_vin, 107, "a start with a VIN that is none", "启动时 VIN 无效"),
    _stopping("unknown-model", unknown_model, 107, "a model that no plan has", "检测计划中没有的车型"),
    Scenario(
        "early-acknowledgement",
        early_acknowledgement,
        "AckResult is high before Done",
        "完成之前确认信号已为高",
        "Done stays until AckResult rises anew",
        "完成信号保持，直到确认信号重新上升",
    ),
    Scenario(
        "foreign-acknowledgement",
        foreign_acknowledgement,
        "the result is acknowledged for another car",
        "以另一辆车的名义确认结果",
        "Done stays until its own car is acknowledged",
        "完成信号保持，直到确认本车",
    ),
    Scenario(
        "reset-held",
        reset_held,
        "FaultReset is always high",
        "复位信号常高",
        "a fault stays: only a rising edge resets",
        "故障保持：只有上升沿复位",
    ),
    Scenario(
        "restart-ready",
        restart_when_ready,
        "the PLC restarts with a car announced",
        "车辆已报到时 PLC 重启",
        "nothing starts",
        "不启动任何任务",
    ),
    Scenario(
        "restart-busy",
        restart_when_busy,
        "the PLC restarts during a job",
        "任务中 PLC 重启",
        "a fault of the line (101 to 106), no result",
        "线体故障（101 至 106），没有结果",
    ),
    Scenario(
        "restart-done",
        restart_when_done,
        "the PLC restarts while a result waits",
        "结果等待确认时 PLC 重启",
        "the result waits and can be taken over",
        "结果保留，可以接收",
    ),
    Scenario(
        "restart-acknowledged",
        restart_when_acknowledged,
        "the PLC restarts after acknowledging, and brings the car again",
        "PLC 确认后重启，又送来同一辆车",
        "the stored result comes back, the same",
        "返回已存结果，完全相同",
    ),
    Scenario(
        "restart-fault",
        restart_at_fault,
        "the PLC restarts while a fault stands",
        "有故障时 PLC 重启",
        "the fault stays until it is reset",
        "故障保持，直到复位",
    ),
    Scenario(
        "short-cut",
        short_cut,
        "the network is away for 1 s during a job",
        "任务中网络中断 1 s",
        "the job goes on, its result comes",
        "任务继续，结果到达",
    ),
    _stopping("long-cut", long_cut, 101, "the network is away for 8 s during a job", "任务中网络中断 8 s"),
)
