"""Results as OPC 40100-1 has them."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from asyncua import ua

from linewalker.factory.handshake.signals import LineImage, StationImage
from linewalker.factory.opcua.standards.told import Told
from linewalker.factory.opcua.standards.vision_results import UNKNOWN, VisionResults

WHEN = datetime(2026, 11, 27, tzinfo=UTC)


@pytest.fixture
def results(imported):
    told = Told(lambda: WHEN)
    for number in (1, 2, 3):
        done = StationImage(
            done=True, result=number, job_id=f"V{number}-{number}", vin=f"V{number}", sequence_no=number
        )
        told.follow(LineImage(type_code="sedan"), StationImage(), done)
    taken = []

    async def take_over(_, ids):
        taken.append(ids)
        return 0

    return VisionResults(imported[1]["machine_vision"], told, take_over), told, taken


def asked(results, imported, **ids):
    index, numbers = imported[1]["machine_vision"], dict(zip(NAMES, (3015, 3004, 3002, 3013, 3008, 3008, 3003, 3016)))
    wanted = [ua.get_type(ua.NodeId(numbers[name], index))(Id=ids[name]) if name in ids else None for name in NAMES]
    most, first = ids.get("most", 0), ids.get("first", 0)
    return asyncio.run(results._filtered(None, ids.get("state", 0), *wanted, most, first, 0))


NAMES = (
    *("MeasId", "PartId", "ExternalRecipeId", "InternalRecipeId"),
    *("ExternalConfigurationId", "InternalConfigurationId", "ProductId", "JobId"),
)


def test_a_list_holds_what_was_asked_for_and_says_whether_that_is_all(results, imported):
    results, _, _ = results
    complete, count, handle, found, error = asked(results, imported)
    assert (complete, count, [one.PartId.Id for one in found], error) == (True, 3, ["V1", "V2", "V3"], 0)
    assert handle
    assert [one.PartId.Id for one in asked(results, imported, PartId="V2")[3]] == ["V2"]
    assert [one.PartId.Id for one in asked(results, imported, ProductId="sedan", MeasId="3")[3]] == ["V3"]
    assert asked(results, imported, state=4)[1] == 0
    complete, count, _, found, _ = asked(results, imported, most=2, first=0)
    assert (complete, count) == (False, 2)
    assert asked(results, imported, most=2, first=2)[:2] == (True, 1)


def test_components_are_those_of_the_result_in_the_order_of_the_model(results, imported):
    results, _, _ = results
    id = ua.get_type(ua.NodeId(3021, imported[1]["machine_vision"]))(Id="V2-2")
    has_file, handle, partial, simulated, state, measurement, part, *rest = asyncio.run(
        results._components_by_id(None, id, 0)
    )
    assert (has_file, partial, simulated, state) == (False, False, None, 1)
    assert (measurement.Id, part.Id, handle) == ("2", "V2", 1)
    *_, created, times, content, error = rest
    assert (created, times.StartTime, error) == (WHEN, WHEN, 0)
    assert [one.Value for one in content] == [2, "", ""]


def test_what_is_not_there_is_an_error_and_no_crash(results):
    results, _, taken = results
    handle, empty, error = asyncio.run(results._by_id(None, None, 0))
    assert (handle, error, empty.ResultContent) == (0, UNKNOWN, [])
    assert asyncio.run(results._release(None, 99)) == (UNKNOWN,)
    assert not taken


def test_whoever_releases_a_result_has_taken_it_over(results, imported):
    results, _, taken = results
    id = ua.get_type(ua.NodeId(3021, imported[1]["machine_vision"]))(Id="V3-3")
    handle, _, _ = asyncio.run(results._by_id(None, id, 0))
    assert asyncio.run(results._release(None, handle)) == (0,)
    assert taken == [{"V3-3"}]
