"""What is planned is stored once for all cars, and never mixed up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from linewalker.factory.records.database import open_database
from linewalker.factory.records.descriptions import Descriptions, number_in, word_in
from linewalker.factory.records.tables import descriptions
from linewalker.inspection.verdict import Verdict
from tests.factory.records.test_rows import ENTRY
from tests.factory.samples import bad_car, gap, good_car

ENTRIES = st.lists(ENTRY, min_size=1, max_size=9)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    engine = open_database(tmp_path_factory.mktemp("records") / "records.sqlite")
    yield engine
    engine.dispose()


def planned(entry):
    """All that is said before anything is judged."""
    names = ("id", "title", "method", "feature", "severity", "unit", "nominal", "lower", "upper")
    return [getattr(entry, name) for name in names]


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(entries=ENTRIES, more=ENTRIES)
def test_two_have_one_id_if_and_only_if_the_same_is_planned(engine, entries, more):
    known = Descriptions()
    with engine.begin() as connection:
        ids = [*known.ids(connection, entries), *known.ids(connection, more)]
        assert Descriptions().ids(connection, [*entries, *more]) == ids  # another program finds the same
    for one, its in zip([*entries, *more], ids):
        for other, others in zip([*entries, *more], ids):
            assert (its == others) == (planned(one) == planned(other))


def test_what_was_judged_makes_no_difference(engine):
    known = Descriptions()
    with engine.begin() as connection:
        (first,) = known.ids(connection, [gap()])
        before = connection.execute(select(func.count()).select_from(descriptions)).scalar_one()
        assert known.ids(connection, [gap(value=9.0, verdict=Verdict.NOK, detail="x", evidence="y")] * 2) == [first] * 2
        assert connection.execute(select(func.count()).select_from(descriptions)).scalar_one() == before


def test_what_was_taken_back_is_forgotten(engine):
    known, entries = Descriptions(), [replace(gap(), feature="taken/back")]
    with engine.connect() as connection, connection.begin() as transaction:
        known.ids(connection, entries)
        transaction.rollback()
    known.forget()
    with engine.begin() as connection:
        (number,) = known.ids(connection, entries)
        found = select(descriptions.c.feature).where(descriptions.c.id == number)
        assert connection.execute(found).scalar_one() == "taken/back"


@pytest.mark.parametrize("value", [None, 4.0, -1e300, "rs", ""])
def test_a_value_is_a_number_or_a_word(value):
    assert [number_in(value), word_in(value)] == ([None, value] if isinstance(value, str) else [value, None])


def test_cars_of_one_model_share_all_of_them(engine):
    known = Descriptions()
    with engine.begin() as connection:
        ids = {
            entry.id: number
            for car in (good_car(), bad_car())
            for entry, number in zip(car.characteristics, known.ids(connection, car.characteristics))
        }
        assert len(set(ids.values())) == len(ids)
