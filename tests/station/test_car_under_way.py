"""The car under way: what is known of it makes its result, and what is not known is never OK."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.factory.records.results import CarState
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Judgement, Reason, Verdict
from linewalker.station.car_under_way import CarUnderWay, Rules
from linewalker.station.simulated_station import SimulatedShift
from tests.station.cheap_station import Watcher, cheap_shift, cheap_station

WHY = Title(zh="中断", en="stopped")
IDS = ("G", "F", "H")


@pytest.fixture(scope="module")
def shift(tmp_path_factory: pytest.TempPathFactory) -> SimulatedShift:
    return cheap_shift(tmp_path_factory.mktemp("files"), cars=1)


@pytest.fixture(scope="module")
def rules(shift: SimulatedShift) -> Rules:
    return Rules(plan=shift.plan, folder=Path("/run"), takt_limit_s=300.0)


@pytest.fixture
def car(rules: Rules, shift: SimulatedShift) -> CarUnderWay:
    return CarUnderWay(order=shift.orders[0], rules=rules, began_s=10.0)


def judged(name: str, verdict: Verdict = Verdict.OK, time_s: float = 50.0) -> Judgement:
    reason = {Verdict.OK: Reason.INSIDE_TOLERANCE, Verdict.NOK: Reason.OUTSIDE_TOLERANCE}.get(verdict, Reason.NO_SEAM)
    value = None if verdict is Verdict.NOT_DECIDABLE else 4.0
    return Judgement(
        characteristic=name, verdict=verdict, reason=reason, value=value, unit="mm", expanded_uncertainty=0.05,
        time_s=time_s,
    )  # fmt: skip


@settings(suppress_health_check=list(HealthCheck))
@given(verdicts=st.dictionaries(st.sampled_from(IDS), st.sampled_from(Verdict)), over=st.booleans())
def test_a_car_is_ok_only_if_all_of_it_was_judged_ok(
    rules: Rules, shift: SimulatedShift, verdicts: dict[str, Verdict], over: bool
) -> None:
    car = CarUnderWay(order=shift.orders[0], rules=rules, began_s=10.0)
    car.judge([judged(name, verdict) for name, verdict in verdicts.items()], start_s=0.0)
    result = car.result(60.0, Reason.ABORTED, None if over else WHY)
    assert [entry.id for entry in result.characteristics] == list(IDS)  # as planned, whatever was reached
    for entry in result.characteristics:
        if entry.id in verdicts:
            assert entry.verdict is verdicts[entry.id]
        else:
            assert (entry.verdict, entry.reason) == (Verdict.NOT_DECIDABLE, Reason.ABORTED)
    assert (result.verdict is Verdict.OK) == (over and verdicts == dict.fromkeys(IDS, Verdict.OK))


def test_the_last_judgement_counts_at_its_time_in_the_shift(car: CarUnderWay) -> None:
    car.judge([judged("G", Verdict.NOK, time_s=102.0), judged("G", Verdict.OK, time_s=103.5)], start_s=100.0)
    [entry, *_] = car.result(5.0, Reason.ABORTED).characteristics
    assert (entry.verdict, entry.time_s) == (Verdict.OK, 3.5)


@pytest.mark.parametrize("left_over", [Reason.ABORTED, Reason.ROBOT_FELL, Reason.TAKT_EXPIRED])
def test_what_was_not_reached_says_why(car: CarUnderWay, left_over: Reason) -> None:
    car.judge([judged("F")], start_s=0.0)
    reasons = {entry.id: entry.reason for entry in car.result(60.0, left_over, WHY).characteristics}
    assert reasons == {"G": left_over, "F": Reason.INSIDE_TOLERANCE, "H": left_over}


def test_what_the_robot_can_not_reach_is_no_work_left_over(car: CarUnderWay, shift: SimulatedShift) -> None:
    car.job = cheap_station(shift, Watcher()).job_of(car.order)
    car.job.mission.refused["H"] = "behind the pillar"
    entries = {entry.id: entry for entry in car.result(60.0, Reason.ABORTED).characteristics}
    assert (entries["H"].reason, entries["H"].detail) == (Reason.NOT_REACHED, "behind the pillar")
    assert entries["G"].reason is Reason.ABORTED


def test_a_car_that_did_not_come_is_listed_whole(rules: Rules, shift: SimulatedShift) -> None:
    result = rules.not_inspected(shift.orders[0], WHY)
    assert result.state is CarState.NOT_INSPECTED
    assert [entry.id for entry in result.characteristics] == list(IDS)
    assert {entry.reason for entry in result.characteristics} == {Reason.NOT_INSPECTED}
    assert result.verdict is Verdict.NOT_DECIDABLE


def test_evidence_of_two_attempts_or_two_cars_never_shares_a_folder(car: CarUnderWay, rules: Rules) -> None:
    order = car.order
    other = BuildOrder(sequence=order.sequence + 1, vin=order.vin, model=order.model, options=order.options)
    again = CarUnderWay(order=other, rules=rules, began_s=0.0)
    folders = set()
    for attempt in (1, 2, 12):
        for entry in (car, again):
            entry.attempt = attempt
            folders.add(entry.evidence_folder)
    assert len(folders) == 6
    assert all(folder.is_relative_to(rules.folder) for folder in folders)


def test_progress_is_the_share_of_the_work_that_is_done(car: CarUnderWay, shift: SimulatedShift) -> None:
    assert car.progress == 0.0
    station, seen = cheap_station(shift, Watcher()), []
    car.job = station.job_of(car.order)
    car.log = station.inspector.begin(car.job)
    station.operator.on_visit = lambda _: seen.append(car.progress)
    station.operator.run(station.inspector.inspect(car.job, car.log))
    assert seen == [pytest.approx((i + 1) / len(seen)) for i in range(len(seen))]
    assert len(seen) > 1
