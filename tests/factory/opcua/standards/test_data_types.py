"""Structures of the NodeSets as classes."""

from __future__ import annotations

import pytest
from asyncua import ua

RESULT, META, JOB_ORDER, RECIPE = (
    ("machine_vision", 3006),
    ("machinery_result", 3007),
    ("job_control", 3008),
    ("machine_vision", 3002),
)


def made(imported, kind, **content):
    name, identifier = kind
    return ua.get_type(ua.NodeId(identifier, imported[1][name]))(**content)


@pytest.mark.parametrize("kind", [RESULT, META, JOB_ORDER, RECIPE])
def test_a_structure_goes_over_the_wire_and_comes_back(imported, kind):
    value = made(imported, kind)
    packed = ua.ua_binary.extensionobject_to_binary(value)
    assert ua.ua_binary.extensionobject_from_binary(ua.utils.Buffer(packed)) == value


def test_fields_that_are_left_out_take_no_place(imported):
    bare, full = made(imported, RECIPE, Id="sedan"), made(imported, RECIPE, Id="sedan", Hash=b"x" * 20)
    lengths = [len(ua.ua_binary.extensionobject_to_binary(one)) for one in (bare, full)]
    assert lengths[1] - lengths[0] == 4 + 20


def test_two_types_of_one_name_in_two_models_are_two(imported):
    vision, machinery = made(imported, RESULT), made(imported, ("machinery_result", 3008))
    assert type(vision).__name__ == type(machinery).__name__ == "ResultDataType"
    assert type(vision) is not type(machinery)


def test_inherited_fields_are_in_the_definition(imported):
    server, indices = imported
    node = server.iserver.aspace[ua.NodeId(3002, indices["machine_vision"])]
    definition = node.attributes[ua.AttributeIds.DataTypeDefinition].value.Value.Value
    assert [field.Name for field in definition.Fields] == ["Id", "Version", "Hash", "HashAlgorithm", "Description"]
    assert definition.DefaultEncodingId == ua.NodeId(5002, indices["machine_vision"])
