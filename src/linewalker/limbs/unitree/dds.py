"""A participant of DDS on one network interface, which somebody has named.

Peers are found by multicast, where the interface has it, and on loopback, where as a rule it has not, by asking this
machine.
"""

from __future__ import annotations

import socket
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from linewalker.errors import InputError, RobotLost
from linewalker.limbs.unitree.extra import expect_extra

LOOPBACK = "lo"
ROBOT_DOMAIN, LAST_DOMAIN = 0, 232
_MULTICAST_FLAG = 0x1000
_OPENED: dict[int, tuple[str, Any]] = {}
"""Domains of this process, which Cyclone DDS opens once: the interface of each, and what keeps it open."""


def has_multicast(interface: str) -> bool:
    """Whether the system says so of an interface."""
    flags = Path(f"/sys/class/net/{interface}/flags")
    return flags.exists() and bool(int(flags.read_text(encoding="ascii"), 16) & _MULTICAST_FLAG)


def configuration(interface: str) -> str:
    """Of Cyclone DDS: this interface and no other."""
    multicast = "true" if has_multicast(interface) else "false"
    near = '<Peers><Peer address="localhost"/></Peers>' if interface == LOOPBACK else ""
    return (
        "<CycloneDDS><Domain><General>"
        f'<Interfaces><NetworkInterface name="{interface}" multicast="{multicast}"/></Interfaces>'
        f"<AllowMulticast>{multicast}</AllowMulticast>"
        f"</General><Discovery><ParticipantIndex>auto</ParticipantIndex>{near}"
        "<MaxAutoParticipantIndex>32</MaxAutoParticipantIndex></Discovery></Domain></CycloneDDS>"
    )


def expect_interface(interface: str) -> None:
    """
    Raises:
        InputError: this machine has no interface of that name.
    """
    there = [name for _, name in socket.if_nameindex()]
    if interface not in there:
        raise InputError(f"--net {interface}: this machine has {', '.join(there)}; name the one the robot is wired to")


class Participant:
    """See the module. Close it, or use it with ``with``.

    Args:
        interface: of the network, for example ``eth0`` or ``lo``.
        domain: the robot's own is 0.

    Raises:
        MissingPackage: the extra is not installed.
        InputError: there is no such interface, the domain is none, or this process has it open on another interface.
        RobotLost: the interface is down.
    """

    def __init__(self, interface: str, domain: int = ROBOT_DOMAIN):
        expect_extra()
        from cyclonedds.core import DDSException
        from cyclonedds.domain import Domain, DomainParticipant

        expect_interface(interface)
        if not 0 <= domain <= LAST_DOMAIN:
            raise InputError(f"DDS domain {domain}: expected 0 to {LAST_DOMAIN}; a robot's is {ROBOT_DOMAIN}")
        opened = _OPENED.get(domain, (interface, None))
        if opened[0] != interface:
            raise InputError(f"DDS domain {domain} is open on {opened[0]}; {interface} needs another process")
        try:
            if domain not in _OPENED:
                _OPENED[domain] = interface, Domain(domain, configuration(interface))
            self._entity: Any = DomainParticipant(domain)
        except DDSException as error:
            raise RobotLost(f"--net {interface}: nothing can be sent there ({error}); is the cable in?") from error
        self._topics: dict[str, Any] = {}
        self._kept: list[Any] = []

    def reader(self, topic: str, kind: Any, depth: int = 1) -> Any:
        """A reader that keeps the newest messages."""
        from cyclonedds.core import Policy, Qos

        from linewalker.limbs.unitree.message_reader import MessageReader

        reader = MessageReader(self._entity, self._topic(topic, kind), Qos(Policy.History.KeepLast(depth)))
        self._kept.append(reader)
        return reader

    def writer(self, topic: str, kind: Any) -> Any:
        """A writer."""
        from cyclonedds.pub import DataWriter

        writer = DataWriter(self._entity, self._topic(topic, kind))
        self._kept.append(writer)
        return writer

    def publishers(self, topic: str) -> int:
        """Others of this domain that publish a topic now, as far as they have been found."""
        from cyclonedds.builtin import BuiltinDataReader, BuiltinTopicDcpsPublication
        from cyclonedds.core import InstanceState, ReadCondition, SampleState, ViewState

        reader = BuiltinDataReader(self._entity, BuiltinTopicDcpsPublication)
        alive = ReadCondition(reader, InstanceState.Alive | SampleState.Any | ViewState.Any)
        found = [seen for seen in reader.read(256, condition=alive) if seen.topic_name == topic]
        own = self._entity.get_guid()
        return sum(seen.participant_key != own for seen in found)

    def _topic(self, name: str, kind: Any) -> Any:
        from cyclonedds.topic import Topic

        if name not in self._topics:
            self._topics[name] = Topic(self._entity, name, kind)
        return self._topics[name]

    def close(self) -> None:
        """Leave; twice is fine."""
        self._kept.clear()
        self._topics.clear()
        self._entity = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()
