"""Records become rows and come back as they were, every field of them."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.factory.records.database import insert_many, open_database
from linewalker.factory.records.descriptions import Descriptions
from linewalker.factory.records.results import CarResult, CharacteristicResult, Event, EventKind, RunHeader
from linewalker.factory.records.rows import cars_of, event_rows, header_of, judgement_rows
from linewalker.factory.records.tables import (
    COMMITTED,
    EXPECTED,
    INTERRUPTED,
    NEVER_CAME,
    events,
    jobs,
    judgements,
    shifts,
)
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Reason, Verdict
from tests.factory.samples import HEADER, VINS, bad_car, fallen_car, good_car, missing_car

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
NUMBER = st.floats(allow_nan=False, allow_infinity=False)
WORD = st.from_regex(r"[a-z0-9_]{1,9}", fullmatch=True)
TITLE = st.builds(Title, zh=TEXT, en=TEXT)
ENTRY = st.builds(
    CharacteristicResult,
    id=TEXT,
    title=TITLE,
    method=WORD,
    feature=WORD,
    severity=WORD,
    unit=st.sampled_from(["mm", ""]),
    nominal=st.none() | NUMBER | TEXT,
    lower=st.none() | NUMBER,
    upper=st.none() | NUMBER,
    value=st.none() | NUMBER | TEXT,
    expanded_uncertainty=st.none() | NUMBER,
    verdict=st.sampled_from(Verdict),
    reason=st.sampled_from(Reason),
    detail=st.just("") | TEXT,
    time_s=NUMBER,
    evidence=st.none() | TEXT,
)
CAR = st.builds(
    CarResult,
    order=st.builds(
        BuildOrder,
        sequence=st.integers(1, 2**32 - 1),
        vin=st.sampled_from(VINS),
        model=WORD,
        options=st.dictionaries(WORD, WORD, max_size=3),
    ),
    characteristics=st.lists(ENTRY, max_size=3, unique_by=lambda entry: entry.id).map(tuple),
    events=st.lists(st.builds(Event, time_s=NUMBER, kind=st.sampled_from(EventKind), text=TEXT), max_size=3).map(tuple),
    began_s=NUMBER,
    finished_s=NUMBER,
    takt_limit_s=st.floats(1.0, 1e4),
    walking_s=NUMBER,
    inspecting_s=NUMBER,
    interrupted=st.none() | TITLE,
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    engine = open_database(tmp_path_factory.mktemp("records") / "records.sqlite")
    yield engine
    engine.dispose()


def there_and_back(engine, car: CarResult, state: str = COMMITTED) -> CarResult:
    """A car through the tables, of which nothing stays."""
    with engine.connect() as connection, connection.begin() as transaction:
        shift_id = connection.execute(insert(shifts).values(opened_at="", **vars(HEADER))).inserted_primary_key[0]
        job_id = connection.execute(
            insert(jobs).values(
                shift_id=shift_id, vin=car.order.vin, sequence=car.order.sequence, attempt=1, state=state,
                model=car.order.model, options=car.order.options_text, began_s=car.began_s, finished_s=car.finished_s,
                takt_limit_s=car.takt_limit_s, walking_s=car.walking_s, inspecting_s=car.inspecting_s,
                interrupted_zh=car.interrupted and car.interrupted.zh,
                interrupted_en=car.interrupted and car.interrupted.en,
            )
        ).inserted_primary_key[0]  # fmt: skip
        planned = Descriptions().ids(connection, car.characteristics)
        insert_many(connection, judgements, judgement_rows(job_id, car, planned))
        if car.events:
            connection.execute(insert(events), event_rows(job_id, car))
        (found,) = cars_of(connection, connection.execute(select(jobs).where(jobs.c.id == job_id)).all())
        transaction.rollback()
    return found


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(car=CAR)
def test_any_car_comes_back_as_it_was(engine, car):
    assert there_and_back(engine, car) == car


@pytest.mark.parametrize("car", [good_car(), bad_car(), fallen_car()])
def test_a_real_car_comes_back_as_it_was(engine, car):
    assert there_and_back(engine, car) == car


@pytest.mark.parametrize("state", [EXPECTED, NEVER_CAME, INTERRUPTED])
def test_the_state_says_whether_a_car_came(engine, state):
    assert there_and_back(engine, missing_car(), state).inspected == (state == INTERRUPTED)


def test_the_order_of_the_plan_is_kept(engine):
    car = bad_car()
    assert [entry.id for entry in there_and_back(engine, car).characteristics] == [e.id for e in car.characteristics]


def test_rows_have_every_column_and_no_other():
    rows = [dict(zip(judgements.c.keys(), row, strict=True)) for row in judgement_rows(1, bad_car(), [7, 8, 9])]
    assert [row["position"] for row in rows] == [0, 1, 2]
    assert [row["description_id"] for row in rows] == [7, 8, 9]
    assert [row["value"] for row in rows] == [5.43, None, None]
    assert [row["variant_seen"] for row in rows] == [None, None, "missing"]
    assert all({"id", *row} == set(events.c.keys()) for row in event_rows(1, bad_car()))


def test_a_header_comes_back_as_it_was(engine):
    assert {entry.name for entry in fields(RunHeader)} | {"id", "opened_at"} == set(shifts.c.keys())
    with engine.connect() as connection, connection.begin() as transaction:
        connection.execute(insert(shifts).values(opened_at="", **vars(HEADER)))
        assert header_of(connection.execute(select(shifts)).one()) == HEADER
        transaction.rollback()
