"""Both sides together: what the line makes of a station that behaves, and of one that does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from linewalker.factory.handshake.faults import Fault, FaultCode
from linewalker.factory.handshake.line_handshake import CarOutcome, Cause, LineLimits, LineStep
from linewalker.factory.handshake.signals import LineResult
from tests.factory.handshake.plant import VINS, Plant, order


@pytest.mark.parametrize("verdict", [LineResult.OK, LineResult.NOK, LineResult.NOT_DECIDABLE])
def test_a_verdict_arrives_unchanged(verdict):
    plant = Plant()
    plant.start(0)
    plant.finish(verdict)
    [outcome] = plant.outcomes
    assert (outcome.vin, outcome.sequence, outcome.result, outcome.cause) == (VINS[0], 1, verdict, Cause.JUDGED)
    assert outcome.document == f'{{"vin":"{VINS[0]}"}}'


def test_cars_follow_one_another_each_with_its_own_verdict():
    plant = Plant()
    verdicts = [LineResult.OK, LineResult.NOK, LineResult.OK, LineResult.NOT_DECIDABLE]
    for number, verdict in enumerate(verdicts):
        plant.start(number)
        plant.finish(verdict)
    assert [outcome.result for outcome in plant.outcomes] == verdicts
    assert [outcome.vin for outcome in plant.outcomes] == list(VINS)


def test_the_start_is_said_after_the_order_stood_for_a_scan():
    plant = Plant()
    plant.run_until(lambda: plant.to_line.ready)
    plant.line.begin(order(0), plant.now_s)
    plant.scan_line()
    assert (plant.to_station.vin, plant.to_station.start_inspect) == (VINS[0], False)
    plant.scan_station()
    plant.scan_line()
    assert plant.to_station.start_inspect


def test_a_repeated_start_returns_the_committed_verdict():
    plant = Plant()
    plant.start(0)
    plant.finish(LineResult.NOK)
    plant.line.begin(order(0), plant.now_s)
    plant.run_until(lambda: plant.line.step is LineStep.FINISHED)
    assert [outcome.result for outcome in plant.outcomes] == [LineResult.NOK, LineResult.NOK]
    assert len(plant.program.jobs_run) == 1


def test_a_result_left_by_another_line_is_acknowledged_and_never_taken_for_ours():
    plant = Plant()
    plant.start(0)
    plant.program.finish(LineResult.OK)
    plant.scan_station()
    assert plant.to_line.done
    fresh = Plant(station=plant.station, now_s=plant.now_s)  # a new line; the old one died before it acknowledged
    fresh.program.robot_time_s = plant.program.robot_time_s
    fresh.to_station, fresh.to_line = plant.to_station, plant.to_line
    fresh.start(1)
    fresh.finish(LineResult.NOK)
    [outcome] = fresh.outcomes
    assert (outcome.vin, outcome.result) == (VINS[1], LineResult.NOK)


def test_a_wrong_echo_is_not_decidable():
    plant = Plant()
    plant.start(0)
    plant.now_s += 0.1
    plant.to_line = replace(plant.scan_station(), vin=VINS[3], done=True, busy=False, result=1)
    plant.scan_line()
    [outcome] = plant.outcomes
    assert (outcome.result, outcome.cause) == (LineResult.NOT_DECIDABLE, Cause.WRONG_ECHO)
    assert VINS[3] in outcome.reason
    assert not plant.to_station.start_inspect
    assert not plant.to_station.ack_result


def test_done_without_a_verdict_is_not_decidable():
    plant = Plant()
    plant.start(0)
    plant.now_s += 0.1
    plant.to_line = replace(plant.scan_station(), done=True, busy=False, result=0)
    plant.scan_line()
    assert plant.outcomes[0].result is LineResult.NOT_DECIDABLE


def test_a_fault_is_reset_and_the_car_is_inspected_once_more():
    plant = Plant()
    plant.start(0)
    plant.station.fail(Fault(code=FaultCode.ROBOT_FAULT, text="a joint got hot"))
    plant.step()
    plant.program.abandon()
    plant.run_until(lambda: plant.program.job is not None)
    plant.finish(LineResult.OK)
    [outcome] = plant.outcomes
    assert (outcome.result, outcome.cause) == (LineResult.OK, Cause.JUDGED)
    assert len(plant.program.jobs_run) == 2


def test_a_fallen_robot_ends_as_a_station_fault():
    plant = Plant()
    plant.start(0)
    plant.program.fallen = True
    plant.station.fail(Fault(code=FaultCode.ROBOT_FELL, text="it fell"))
    plant.program.abandon()
    plant.run_until(lambda: plant.line.step is LineStep.FINISHED, most_steps=3000)
    [outcome] = plant.outcomes
    assert (outcome.result, outcome.cause) == (LineResult.NOT_DECIDABLE, Cause.STATION_FAULT)
    assert "it fell" in outcome.reason


def test_a_short_loss_of_the_connection_costs_nothing():
    plant = Plant()
    plant.start(0)
    plant.program.finish(LineResult.OK)
    for _ in range(100):  # 10 s; the station goes on, the result waits
        plant.now_s += 0.1
        plant.program.report(plant.now_s)
        plant.scan_station()
        plant.scan_line(connected=False)
    assert not plant.outcomes
    plant.run_until(lambda: plant.line.step is LineStep.FINISHED)
    assert plant.outcomes[0].result is LineResult.OK


def test_a_long_loss_is_not_decidable():
    plant = Plant()
    plant.start(0)
    plant.now_s += 4.0
    plant.scan_line(connected=False)
    plant.now_s += 61.0
    plant.scan_line(connected=False)
    [outcome] = plant.outcomes
    assert (outcome.result, outcome.cause) == (LineResult.NOT_DECIDABLE, Cause.STATION_LOST)


def test_a_station_whose_echo_stands_still_is_lost():
    plant = Plant()
    plant.start(0)
    for _ in range(700):
        plant.now_s += 0.1
        plant.scan_line()
    assert plant.outcomes[0].cause is Cause.STATION_LOST


def test_a_station_that_restarts_in_the_middle_inspects_again():
    plant = Plant()
    plant.start(0)
    reborn = Plant(line=plant.line, now_s=plant.now_s)
    reborn.to_station = plant.to_station
    reborn.run_until(lambda: reborn.program.job is not None)
    reborn.finish(LineResult.OK)
    assert reborn.outcomes[0].result is LineResult.OK


def test_a_station_that_never_gets_ready_times_out():
    plant = Plant()
    plant.program.fallen = True
    plant.line.begin(order(0), plant.now_s)
    plant.run_until(lambda: plant.line.step is LineStep.FINISHED, most_steps=2000)
    assert plant.outcomes[0].cause is Cause.TIMED_OUT


def test_a_line_that_goes_stops_the_job_that_runs():
    plant = Plant()
    plant.start(0)
    plant.now_s += 0.1
    plant.to_station = plant.line.withdraw()
    assert plant.scan_station().fault_code == FaultCode.LINE_STOPPED


def test_the_line_judges_one_car_at_a_time():
    plant = Plant()
    plant.line.begin(order(0), plant.now_s)
    with pytest.raises(RuntimeError, match="not done"):
        plant.line.begin(order(1), plant.now_s)


def test_only_the_station_can_say_ok():
    with pytest.raises(ValueError, match="NOT_DECIDABLE"):
        CarOutcome(vin=VINS[0], sequence=1, result=LineResult.OK, cause=Cause.TIMED_OUT)


def test_limits_that_make_no_sense_are_refused():
    with pytest.raises(ValueError, match="attempts"):
        LineLimits(attempts=0)


def test_every_cause_is_told_in_chinese_by_words_of_its_own():
    told = [cause.in_chinese for cause in Cause]
    assert not any(words.isascii() for words in told)
    assert len(set(told)) == len(Cause)
