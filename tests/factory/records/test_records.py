"""What is committed is committed once, whole, and before anyone is told."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

from linewalker.errors import InputError, StorageFault
from linewalker.factory.handshake.signals import LineResult
from linewalker.factory.records.records import KILLED, NOT_YET, UNDER_WAY, Records
from linewalker.factory.records.results import CarResult, CarState
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Reason, Verdict
from tests.factory.samples import HEADER, VINS, bad_car, fallen_car, gap, good_car


@pytest.fixture
def records(place):
    with Records(place) as records:
        yield records


@pytest.mark.parametrize(
    "name", ["Schicht 1?", "50%20 ok", "#1", "a&b=c", "file:x?mode=ro", ":memory:", "Früh\nSpät", "班次 1", "'\"\\;"]
)
def test_records_lie_in_the_folder_they_were_asked_to(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    for folder in (tmp_path / name, Path(name)):
        with Records(folder / "records.sqlite") as records:
            records.begin_run(HEADER).commit(good_car())
        assert (folder / "records.sqlite").is_file()
        with Records(folder / "records.sqlite") as records:
            assert records.last_run().cars() == (good_car(),)
        (folder / "records.sqlite").unlink()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_what_is_stored_comes_back_equal(records):
    shift = records.begin_run(HEADER)
    for car in (good_car(), bad_car()):
        shift.keep(car)
        shift.commit(car)
    shift.interrupt(fallen_car())
    assert shift.cars() == (good_car(), bad_car(), fallen_car())
    assert shift.orders() == [car.order for car in shift.cars()]
    assert shift.header == HEADER


def test_a_committed_result_carries_the_verdict_and_the_document(records):
    told = records.begin_run(HEADER).commit(bad_car())
    assert (told.vin, told.sequence, told.result) == (bad_car().order.vin, 2, LineResult.NOK)
    assert told.reason.startswith("NOK: gap_hood_fender_left")
    assert json.loads(told.document) == bad_car().document()


def test_the_first_commit_is_the_only_one(records):
    shift = records.begin_run(HEADER)
    first = shift.commit(good_car())
    worse = replace(good_car(), characteristics=(gap(verdict=Verdict.NOK),))
    assert shift.commit(worse) == first
    assert shift.committed(good_car().order) == first
    assert shift.cars() == (good_car(),)
    assert shift.committed(replace(good_car().order, sequence=2)) is None


def test_a_result_is_told_for_the_order_it_belongs_to_and_no_other(records):
    shift, order = records.begin_run(HEADER), good_car().order
    shift.commit(good_car())
    for other in (replace(order, options={**order.options, "paint": "green"}), replace(order, model="suv")):
        with pytest.raises(InputError, match=f"sequence 1 of {order.vin} is done, as .* needs a sequence of its own"):
            shift.committed(other)
        assert shift.committed(replace(other, sequence=2)) is None


def test_the_database_itself_refuses_a_second_verdict(records):
    shift = records.begin_run(HEADER)
    shift.commit(good_car())
    shift.keep(good_car())
    with pytest.raises(IntegrityError, match=r"(?i)unique"), records._engine.begin() as connection:
        connection.execute(text("UPDATE jobs SET state = 'committed'"))


def test_a_job_that_was_broken_off_may_be_started_again(records):
    shift = records.begin_run(HEADER)
    shift.keep(fallen_car())
    shift.interrupt(fallen_car())
    assert shift.committed(fallen_car().order) is None
    shift.keep(good_car(2))
    shift.commit(good_car(2))
    assert shift.cars() == (good_car(2),)
    with pytest.raises(ValueError, match="says why"):
        shift.interrupt(good_car())


def test_another_shift_starts_afresh_and_the_same_can_be_resumed(records):
    records.begin_run(HEADER).commit(good_car())
    resumed = records.begin_run(HEADER, resume=True)
    assert resumed.committed(good_car().order) is not None
    assert records.begin_run(HEADER).committed(good_car().order) is None
    other_plan = replace(HEADER, plan_sha256="c" * 64)
    assert records.begin_run(other_plan, resume=True).cars() == ()


def awaited(number: int) -> CarResult:
    return replace(
        good_car(number),
        characteristics=(gap(reason=Reason.NOT_INSPECTED, value=None, verdict=Verdict.NOT_DECIDABLE),),
        interrupted=NOT_YET,
        inspected=False,
    )


def outcomes(shift) -> list[tuple[CarState, str]]:
    return [(car.state, "" if car.interrupted is None else car.interrupted.en) for car in shift.cars()]


def test_every_car_of_a_shift_stands_in_its_records_whatever_becomes_of_it(records):
    shift = records.begin_run(HEADER, expected=[awaited(0), awaited(1), awaited(2)])
    assert shift.cars() == (awaited(0), awaited(1), awaited(2))
    assert shift.keep(bad_car(1)) == 1
    shift.commit(bad_car(1))
    shift.keep(replace(good_car(0), interrupted=UNDER_WAY))
    assert outcomes(shift) == [
        (CarState.INTERRUPTED, UNDER_WAY.en),
        (CarState.JUDGED, ""),
        (CarState.NOT_INSPECTED, NOT_YET.en),
    ]
    shift.declare_dead()
    assert outcomes(shift) == [
        (CarState.INTERRUPTED, KILLED.en),
        (CarState.JUDGED, ""),
        (CarState.NOT_INSPECTED, "it never came: the program was killed, or the power failed, before"),
    ]
    assert shift.cars()[0].characteristics == good_car(0).characteristics
    before = shift.cars()
    shift.declare_dead()
    shift.end(Title(zh="完", en="over"))
    assert shift.cars() == before


def test_the_end_of_a_shift_says_why_cars_never_came(records):
    shift = records.begin_run(HEADER, expected=[awaited(0), awaited(1)])
    shift.end(Title(zh="倒", en="it fell"), {(VINS[1], 2): Title(zh="忙", en="not ready")})
    assert [why for _, why in outcomes(shift)] == ["it never came: it fell", "it never came: not ready"]
    resumed = records.begin_run(HEADER, expected=[awaited(0), awaited(1)], resume=True)
    assert [why for _, why in outcomes(resumed)] == [NOT_YET.en] * 2
    assert resumed.keep(good_car(0)) == 1
    resumed.commit(good_car(0))
    assert [state for state, _ in outcomes(resumed)] == [CarState.JUDGED, CarState.NOT_INSPECTED]


def test_a_job_that_ran_when_the_station_died_counts_as_interrupted_and_keeps_what_was_judged(records):
    records.begin_run(HEADER).keep(bad_car())
    shift = records.begin_run(HEADER, resume=True)
    [car] = shift.cars()
    assert car.verdict is Verdict.NOT_DECIDABLE
    assert car.interrupted == KILLED
    assert car.characteristics == bad_car().characteristics
    assert shift.keep(bad_car()) == 2


def test_what_an_earlier_attempt_judged_is_kept_until_a_later_one_judges_it(records):
    def nothing(name):
        return gap(name, None, Verdict.NOT_DECIDABLE, Reason.ABORTED)

    shift = records.begin_run(HEADER)
    first = replace(fallen_car(), characteristics=(gap("a", 4.1), gap("b", 4.2), nothing("c")))
    last = replace(fallen_car(), characteristics=(nothing("a"), gap("b", 4.3), nothing("c")), events=())
    shift.keep(first)
    shift.interrupt(first)
    shift.interrupt(last)
    [car] = shift.cars()
    assert car.characteristics == (gap("a", 4.1), gap("b", 4.3), nothing("c"))
    assert car.events == first.events


def test_more_may_become_known_of_a_job_that_was_broken_off(records):
    shift = records.begin_run(HEADER)
    shift.interrupt(replace(fallen_car(), events=()))
    shift.interrupt(fallen_car(), amend=True)
    assert shift.cars() == (fallen_car(),)
    assert shift.keep(fallen_car()) == 2


def test_the_newest_shift_is_found_again(records):
    assert records.last_run() is None
    records.begin_run(HEADER)
    records.begin_run(replace(HEADER, seed=8)).commit(good_car())
    assert records.last_run().header.seed == 8
    assert records.last_run().cars() == (good_car(),)


def test_results_are_the_same_for_the_same_shift(tmp_path):
    texts = []
    for name in ("a", "b"):
        with Records(tmp_path / name / "records.sqlite") as records:
            shift = records.begin_run(HEADER)
            shift.commit(good_car())
            shift.write_results(tmp_path / name / "results.json")
            texts.append((tmp_path / name / "results.json").read_bytes())
    assert texts[0] == texts[1]


def refuse_events(records):
    """Whatever is to be stored in that table fails."""
    if records._engine.dialect.name == "sqlite":
        statements = ["CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'disk full'); END"]
    else:
        body = "BEGIN RAISE EXCEPTION 'disk full'; END"
        statements = [
            f"CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
            "CREATE TRIGGER refusal BEFORE INSERT ON events EXECUTE FUNCTION refuse()",
        ]
    with records._engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def test_a_disk_that_refuses_is_a_station_fault_and_changes_nothing(records):
    shift = records.begin_run(HEADER)
    refuse_events(records)
    with pytest.raises(StorageFault, match="disk full"):
        shift.commit(bad_car())
    assert shift.committed(bad_car().order) is None
    assert shift.cars() == ()
    shift.commit(good_car())
    assert shift.cars() == (good_car(),)


@pytest.mark.parametrize("new_place", ["SQLite"], indirect=True)
def test_a_full_disk_says_which_file_and_what_to_do(records):
    shift = records.begin_run(HEADER)
    with records._engine.begin() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()

    def no_more_pages(connection):
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    event.listen(records._engine, "begin", no_more_pages)
    many = tuple(gap(f"gap_{i}") for i in range(200))
    with pytest.raises(StorageFault, match=r"records.sqlite: .*full; free some space"):
        shift.keep(replace(good_car(), characteristics=many))
    assert shift.cars() == ()


@pytest.mark.parametrize("content", ["this is no database, whatever its name says " * 30, None])
def test_a_file_that_is_none_of_ours_is_refused(tmp_path, content):
    path = tmp_path / "records.sqlite"
    if content is None:
        with Records(path) as records, records._engine.begin() as connection:
            connection.execute(text("PRAGMA user_version = 99"))
    else:
        path.write_text(content)
    with pytest.raises(InputError, match="choose another folder") as caught:
        Records(path)
    assert caught.value.file == path


@pytest.mark.parametrize("kind", ["SQLite", "PostgreSQL"])
def test_killed_at_any_moment_the_records_are_whole(tmp_path, kind, request):
    there = [] if kind == "SQLite" else [request.getfixturevalue("server").folder]
    root = Path(__file__).parents[3]
    run = subprocess.run(
        [sys.executable, "-m", "tests.factory.records.kill_while_committing", tmp_path, *there],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    deaths = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(deaths) > (10 if kind == "SQLite" else 3)
    assert deaths[-1]["told"]
    for death in deaths:
        assert death["sound"]
        assert death["whole"]
        assert death["again"]
        assert death["committed"] or not death["told"]
    assert {death["committed"] for death in deaths} == {True, False}
