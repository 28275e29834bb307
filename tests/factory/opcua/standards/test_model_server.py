"""Events reach whoever listens to their source, and whoever listens to the server."""

from __future__ import annotations

import asyncio

from asyncua import ua

from linewalker.factory.opcua.standards.instances import Instance, target_of
from linewalker.factory.opcua.standards.model_server import Happening, ModelServer


def test_an_event_has_its_fields_and_is_told_at_both_places(imported, monkeypatch):
    server, indices = imported
    place = ModelServer(server, 2)
    machine = ua.NodeId(1021, indices["machine_vision"])
    source = Instance(place.space, machine, parent=ua.NodeId(85), name="T.Source", index=2)
    kind = place.own_event_type("MyEventType", ua.NodeId(1002, indices["machinery_result"]))
    heard = []

    async def trigger(event):
        heard.append((event.emitting_node, {name: getattr(event, name) for name in event.data_types}))

    monkeypatch.setattr(server.iserver.subscription_service, "trigger_event", trigger)
    fields = {"Result": ua.Variant(3, ua.VariantType.Byte)}
    asyncio.run(place.tell(Happening(type=kind, source=source, message="m", fields=fields)))
    assert [node for node, _ in heard] == [source[""], ua.NodeId(ua.ObjectIds.Server)]
    first, second = (content for _, content in heard)
    assert first["EventId"] == second["EventId"]
    assert (first["EventType"], first["SourceNode"], first["SourceName"]) == (kind, source[""], "Source")
    assert (first["Result"], first["Message"].Text, first["Severity"]) == (3, "m", 100)
    above = target_of(place.space, kind, ua.NodeId(ua.ObjectIds.HasSubtype), forward=False)
    assert above == ua.NodeId(1002, indices["machinery_result"])
