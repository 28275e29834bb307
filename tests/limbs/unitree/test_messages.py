"""Types as DDS peers see them, and messages that cross a real wire between two participants."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from linewalker.limbs.unitree import messages
from linewalker.limbs.unitree.layout import IMU
from linewalker.limbs.unitree.messages import BatteryState, LowCommand, LowState, Request, Response, torso_imu

# equivalence hashes (minimal, complete) that the IDL compiler of Cyclone DDS 0.10.2 gives the vendor's types with
# octets as `octet`; it knows no kind of its own for uint8
TYPE_HASHES = {
    LowCommand: ("6569fc15f0d47aa8600b9e91fbbc", "42b0283aa7e1bb592ec898a0dbed"),
    LowState: ("2f38296b52aa0230b92d378b1e39", "2be9706c9587e8d8afd8bfc6de7b"),
    BatteryState: ("4b98d809a63f63c7cb31a818506b", "0cdba6862498f554ba927ba18de0"),
    Request: ("cba4dc965d393ada76b4de081925", "c47a4429fcbf539486498753c48f"),
    Response: ("48c997d379c3e18c530b5f8fe946", "d1c32cc02214901a464a6c51325d"),
}


@pytest.mark.parametrize("kind", TYPE_HASHES, ids=lambda kind: kind.__name__)
def test_the_type_is_the_one_a_peer_on_0_10_2_has(kind: Any) -> None:
    information = kind.__idl__
    information.populate()
    told = information.get_type_info()
    hashes = tuple(bytes(part.typeid_with_size.type_id.value).hex() for part in (told.minimal, told.complete))
    assert hashes == TYPE_HASHES[kind]


def test_no_octet_is_declared_as_a_number() -> None:
    source = messages.__file__
    with open(source, encoding="utf-8") as file:
        assert "uint8" not in file.read().partition('"""\n\n')[2]


def test_low_level_messages_survive_their_codec() -> None:
    sent = LowState()
    sent.image["tick"], sent.image["motor"]["q"][3] = 12, 0.5
    got = LowState.deserialize(sent.serialize())
    assert got.sound
    assert (got.image["tick"], got.image["motor"]["q"][3]) == (12, 0.5)
    assert not LowCommand.deserialize(sent.serialize()).sound


def test_other_messages_survive_the_general_codec() -> None:
    request = Request.of(7, 1001)
    answer = Response.to(request, 0, '{"name": "ai"}')
    for sent in (BatteryState.at(80, 50000), request, answer, torso_imu(np.zeros((), IMU))):
        assert type(sent).deserialize(sent.serialize()) == sent
    assert answer.header.identity.id == 7
