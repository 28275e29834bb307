"""Participants: nothing goes anywhere but where somebody said; what is written is read."""

from __future__ import annotations

import pytest

from linewalker.errors import InputError
from linewalker.limbs.unitree.dds import Participant, configuration, has_multicast
from linewalker.limbs.unitree.messages import TOPICS, LowState
from tests.limbs.unitree.wires import come_true, free_domain


def test_only_the_interface_that_was_named_is_used() -> None:
    text = configuration("eth7")
    assert text.count("NetworkInterface ") == 1
    assert 'name="eth7"' in text
    assert "Peer" not in text
    assert '<Peer address="localhost"/>' in configuration("lo")
    assert not has_multicast("no such interface")


def test_an_interface_that_is_none_is_named_with_those_there_are() -> None:
    with pytest.raises(InputError, match=r"--net eth99: this machine has .*lo"):
        Participant("eth99")
    with pytest.raises(InputError, match="DDS domain 233"):
        Participant("lo", 233)


def test_a_state_crosses_the_wire_and_its_publisher_is_seen() -> None:
    domain = free_domain(1)
    with Participant("lo", domain) as robot, Participant("lo", domain) as station:
        writer = robot.writer(TOPICS["state"], LowState)
        reader = station.reader(TOPICS["state"], LowState)
        sent, got = LowState(), []
        sent.image["tick"] = 4711

        def arrived() -> bool:
            writer.write(sent)
            got.extend(reader.take(1))
            return bool(got)

        assert come_true(arrived)
        assert got[0].sound
        assert got[0].image["tick"] == 4711
        assert station.publishers(TOPICS["state"]) == 1
        assert robot.publishers(TOPICS["state"]) == 0
        assert station.publishers(TOPICS["command"]) == 0
    with pytest.raises(InputError, match="is open on lo"):
        Participant("eth0", domain)
