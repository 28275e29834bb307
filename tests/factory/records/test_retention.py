"""A VIN that has to go is nowhere in the folder any more, and everything else stays as it was."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, select

from linewalker.errors import InputError
from linewalker.factory.handshake.job import Override
from linewalker.factory.handshake.signals import LineResult, Purpose
from linewalker.factory.orders.vin import vin_problem
from linewalker.factory.records.archive import read_commits, read_runs, snapshot
from linewalker.factory.records.database import place_of
from linewalker.factory.records.means import Means
from linewalker.factory.records.records import Records
from linewalker.factory.records.retention import NOBODY, Pass, check_reason, retain
from linewalker.factory.records.sqlite import SqliteFile
from linewalker.factory.records.tables import TABLES
from tests.dying import Death, dies
from tests.factory.samples import HEADER, VINS, bad_car, gap, good_car

LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
TOMORROW = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)


def a_pass(means: Means, before: datetime.datetime | None = None, vin: str | None = None) -> Pass:
    return Pass(means=means, before=before, vin=vin, why="its time is over")


@pytest.fixture
def folder(place: Path) -> Path:
    return filled(place)


def filled(place: Path) -> Path:
    """The folder of these records, in which the same car was twice; there is a picture of it."""
    pictured = replace(good_car(), characteristics=(gap(evidence=f"evidence/{VINS[0]}/1-1/gap.svg"),))
    with Records(place) as records:
        run = records.begin_run(HEADER)
        run.commit(pictured)
        run.commit(bad_car())
        records.begin_run(replace(HEADER, seed=8)).commit(pictured)
    picture = place.parent / "evidence" / VINS[0] / "1-1" / "gap.svg"
    picture.parent.mkdir(parents=True)
    picture.write_text("a picture")
    return place.parent


def work(folder: Path, wanted: Pass) -> int:
    return retain(folder / "records.sqlite", folder / "evidence", folder / "audit.jsonl", wanted)


def cars(folder: Path):
    return [job.result for run in read_runs(folder / "records.sqlite") for job in run.jobs]


def nowhere(folder: Path, vin: str) -> bool:
    """In no file, and in no table, packed or not."""
    with snapshot(folder / "records.sqlite") as connection:
        rows = [tuple(row) for table in TABLES for row in connection.execute(select(table))]
    return all(
        vin not in path.as_posix() and (path.is_dir() or vin.encode() not in path.read_bytes())
        for path in folder.rglob("*")
    ) and vin not in repr(rows)


def test_one_car_gets_one_pseudonym_everywhere(folder):
    before = cars(folder)
    assert work(folder, a_pass(Means.PSEUDONYM, vin=VINS[0])) == 2
    first, second, third = cars(folder)
    assert nowhere(folder, VINS[0])
    assert first.order.vin == third.order.vin != VINS[0]
    assert first.order.vin.startswith(NOBODY)
    assert vin_problem(first.order.vin) is None
    assert second == before[1]
    (entry,) = first.characteristics
    assert (folder / entry.evidence).read_text() == "a picture"
    assert (entry.value, first.began_s) == (before[0].characteristics[0].value, before[0].began_s)
    with Records(folder / "records.sqlite") as records:
        assert [json.loads(line.text)["vin"] for line in records.last_run().lines()] == [third.order.vin]


def test_deleted_cars_are_gone_and_the_order_of_the_others_is_kept(folder):
    assert work(folder, a_pass(Means.DELETE, vin=VINS[0])) == 2
    assert nowhere(folder, VINS[0])
    assert cars(folder) == [bad_car()]
    commits = read_commits(folder / "records.sqlite", after=0, at_most=9)
    assert [commit.position for commit in commits] == [2]
    with Records(folder / "records.sqlite") as records:
        records.begin_run(replace(HEADER, seed=9)).commit(good_car())
    assert [c.position for c in read_commits(folder / "records.sqlite", after=2, at_most=9)] == [4]


def test_only_what_is_old_goes(folder):
    assert work(folder, a_pass(Means.DELETE, before=LONG_AGO)) == 0
    assert len(cars(folder)) == 3
    assert work(folder, a_pass(Means.DELETE, before=TOMORROW)) == 3
    assert cars(folder) == []


def test_a_second_pass_finds_nothing_and_keys_are_thrown_away(folder):
    work(folder, a_pass(Means.PSEUDONYM, before=TOMORROW))
    once = cars(folder)
    assert work(folder, a_pass(Means.PSEUDONYM, before=TOMORROW)) == 0
    assert cars(folder) == once
    assert not list(folder.glob(".*key*"))


def test_the_audit_says_who_did_what_and_names_no_car(folder):
    work(folder, a_pass(Means.DELETE, vin=VINS[0]))
    work(folder, a_pass(Means.PSEUDONYM, before=TOMORROW))
    lines = [json.loads(line) for line in (folder / "audit.jsonl").read_text().splitlines()]
    assert [(line["did"], line["jobs"], line["cars"], line["one_car"]) for line in lines] == [
        ("delete", 2, 1, True), ("pseudonym", 1, 1, False)
    ]  # fmt: skip
    assert all(line["who"] and line["why"] == "its time is over" for line in lines)
    assert nowhere(folder, VINS[1])


def test_killed_at_any_statement_the_next_pass_ends_the_work(new_place):
    die_at, died = 0, True
    while died:
        there = filled(new_place())
        die_at += 1 if isinstance(place_of(there / "records.sqlite"), SqliteFile) else 5  # a server takes longer
        died = dies(die_while_working, there, die_at)
        work(there, a_pass(Means.PSEUDONYM, vin=VINS[0]))
        assert nowhere(there, VINS[0])
        (entry,) = cars(there)[0].characteristics
        assert (there / entry.evidence).read_text() == "a picture"
    assert die_at > 8


def die_while_working(folder: Path, die_at: int) -> None:
    death = Death(die_at)
    for moment in ("before_cursor_execute", "commit"):
        event.listen(Engine, moment, death.step)
    work(folder, a_pass(Means.PSEUDONYM, vin=VINS[0]))


def test_a_pass_is_bounded_and_has_a_reason():
    with pytest.raises(ValueError, match="bounds"):
        a_pass(Means.DELETE)
    with pytest.raises(ValueError, match="zone"):
        a_pass(Means.DELETE, before=datetime.datetime(2026, 1, 1))
    for why in ("", " ", "a\nb"):
        with pytest.raises(InputError, match="say on one line why"):
            check_reason(why)


def test_what_was_remarked_about_a_car_goes_with_it(folder):
    with Records(folder / "records.sqlite") as records:
        run = records.last_run()
        run.commit(replace(good_car(), order=replace(good_car().order, sequence=9), purpose=Purpose.MASTER_PART))
        said = {"result": LineResult.NOK, "name": "Li Na", "reason": f"scratched, {VINS[0]}"}
        run.override(Override(vin=VINS[0], sequence=9, **said))
    work(folder, a_pass(Means.PSEUDONYM, vin=VINS[0]))
    assert nowhere(folder, VINS[0])
    (changed,) = [car for car in cars(folder) if car.override is not None]
    work(folder, a_pass(Means.DELETE, vin=changed.order.vin))
    assert not any(car.override or car.purpose for car in cars(folder))
    assert nowhere(folder, "Li Na")
