"""A server's address space as the models use it: numbers of namespaces, classes of structures, values, events."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from asyncua import Server, ua
from asyncua.common.event_objects import BaseEvent

from linewalker.factory.opcua.standards.instances import Instance
from linewalker.factory.opcua.standards.model_import import new_node, refer

_SERVER = ua.NodeId(ua.ObjectIds.Server)
_SUBTYPE, _GENERATES = ua.NodeId(ua.ObjectIds.HasSubtype), ua.NodeId(ua.ObjectIds.GeneratesEvent)
ORDINARY, SERIOUS = 100, 700
"""Severities of events (OPC 10000-5, 6.4.2: 1 to 1000)."""


@dataclass(frozen=True, kw_only=True)
class Happening:
    """An event that is to be sent.

    Attributes:
        type: of the event.
        source: the object it is about.
        message: for people.
        severity: see `ORDINARY`.
        fields: beyond those of every event: value by path.
    """

    type: ua.NodeId
    source: Instance
    message: str
    severity: int = ORDINARY
    fields: Mapping[str, ua.Variant]


class ModelServer:
    """See the module.

    Args:
        server: not started yet.
        own: number of the station's own namespace.
    """

    def __init__(self, server: Server, own: int):
        self._inner = server.iserver
        self.space, self.own = server.iserver.aspace, own

    async def show(self, node: ua.NodeId, value: ua.DataValue) -> None:
        """Put a value there; stamped, and told to whoever subscribed."""
        now = datetime.now(UTC)
        await self._inner.write_attribute_value(node, replace(value, SourceTimestamp=now, ServerTimestamp=now))

    def own_event_type(self, name: str, above: ua.NodeId) -> ua.NodeId:
        """An event type of ours below one that is abstract; it adds nothing."""
        made = new_node(
            ua.NodeId(f"Linewalker.{name}", self.own),
            {
                ua.AttributeIds.NodeClass: ua.Variant(ua.NodeClass.ObjectType, ua.VariantType.Int32),
                ua.AttributeIds.BrowseName: ua.Variant(ua.QualifiedName(name, self.own), ua.VariantType.QualifiedName),
                ua.AttributeIds.DisplayName: ua.Variant(ua.LocalizedText(name), ua.VariantType.LocalizedText),
                ua.AttributeIds.IsAbstract: ua.Variant(False, ua.VariantType.Boolean),
            },
        )
        self.space[made.nodeid] = made
        refer(self.space, above, _SUBTYPE, made.nodeid)
        return made.nodeid

    def promise(self, source: Instance, types: list[ua.NodeId]) -> None:
        """Say which events an object sends."""
        for kind in types:
            refer(self.space, source[""], _GENERATES, kind)

    async def tell(self, happening: Happening) -> None:
        """Send an event, to those who listen to its source and to those who listen to the server."""
        event = BaseEvent(happening.source[""], happening.message, happening.severity)
        now = datetime.now(UTC)
        event.EventType, event.Time, event.ReceiveTime = happening.type, now, now
        event.EventId = uuid.uuid4().bytes
        event.SourceName = str(happening.source[""].Identifier).rpartition(".")[2]
        for path, variant in happening.fields.items():
            event.add_property(path, variant.Value, variant.VariantType)
        for emitter in (happening.source[""], _SERVER):
            event.emitting_node = emitter
            await self._inner.subscription_service.trigger_event(event)


def structure(value: Any) -> ua.Variant:
    """A structure as it goes over the wire."""
    return ua.Variant(value, ua.VariantType.ExtensionObject)
