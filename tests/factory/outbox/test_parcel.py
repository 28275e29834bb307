"""A result has one key, for ever, and shares it with no other."""

from __future__ import annotations

from dataclasses import replace

from linewalker.factory.outbox.parcel import parcels
from tests.factory.outbox.samples import commit


def test_keys_are_the_same_every_time_and_differ(tmp_path):
    file = commit(tmp_path, 1, 2, 3)
    first, again = (parcels(file, after=0, at_most=9) for _ in range(2))
    assert [one.key for one in first] == [one.key for one in again]
    assert len({one.key for one in first}) == 3
    assert sorted(one.name for one in first) == [one.name for one in first]
    assert replace(first[0], opened_at="2020-01-01T00:00:00+00:00").key != first[0].key


def test_some_at_a_time_are_all(tmp_path):
    file = commit(tmp_path, 4, 1, 3)
    found, position = [], 0
    while some := parcels(file, after=position, at_most=2):
        found += [one.car.result.order.sequence for one in some]
        position = some[-1].position
    assert found == [4, 1, 3]
