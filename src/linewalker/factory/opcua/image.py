"""The I/O image in OPC UA: NodeIds, variants, and what a client may write."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from asyncua import Server, ua

from linewalker.factory.handshake.signals import (
    LineImage,
    Signal,
    SignalType,
    StationImage,
    node_name,
    signals_of,
)

NAMESPACE_INDEX = 2

Image = TypeVar("Image", LineImage, StationImage)

_VARIANT_TYPES = {signal_type: ua.VariantType[signal_type.value] for signal_type in SignalType}


def node_ids(image: type[LineImage] | type[StationImage], namespace: int = NAMESPACE_INDEX) -> list[ua.NodeId]:
    """The NodeIds of an image, in the order of `signals_of`."""
    return [ua.NodeId(node_name(image, signal), namespace) for _, signal in signals_of(image)]


def variant_of(signal: Signal, value: Any) -> ua.Variant:
    """A value of the image as it goes over the wire."""
    content = list(value) if signal.length else value
    return ua.Variant(content, _VARIANT_TYPES[signal.type], is_array=bool(signal.length))


def image_of(image: type[Image], values: Iterable[Any]) -> Image:
    """An image from the values of its nodes, in the order of `signals_of`."""
    entries = zip(signals_of(image), values)
    return image(**{name: _plain(signal, value) for (name, signal), value in entries})


def _plain(signal: Signal, value: Any) -> Any:
    if signal.length:
        return tuple(value)
    return "" if value is None and signal.type is SignalType.STRING else value


def refusal(signal: Signal, value: ua.DataValue) -> int | None:
    """The status code that refuses what a client wants to write, or None if it may.

    asyncua itself only compares the variant type: it takes null, scalars for arrays and arrays of any length.
    """
    if value.StatusCode is not None and not value.StatusCode.is_good():
        return ua.StatusCodes.BadOutOfRange
    variant = value.Value
    if variant is None or variant.VariantType is not _VARIANT_TYPES[signal.type]:
        return ua.StatusCodes.BadTypeMismatch
    content = variant.Value
    if signal.length:
        if not isinstance(content, list):
            return ua.StatusCodes.BadTypeMismatch
        return None if len(content) == signal.length else ua.StatusCodes.BadOutOfRange
    if signal.type is SignalType.STRING:
        return _text_refusal(signal, content)
    if isinstance(content, list) or content is None:
        return ua.StatusCodes.BadTypeMismatch
    if signal.values is not None and content not in signal.values:
        return ua.StatusCodes.BadOutOfRange
    return None


def _text_refusal(signal: Signal, content: Any) -> int | None:
    if content is None:  # OPC UA's null string is an empty one
        return None
    if not isinstance(content, str):
        return ua.StatusCodes.BadTypeMismatch
    if len(content) > signal.most_characters or not content.isprintable():
        return ua.StatusCodes.BadOutOfRange
    return None


async def add_image_nodes(server: Server, namespace: int) -> None:
    """Add ``Linewalker.Station`` with its folders In (the line may write it) and Out to a server's Objects."""
    station = await server.nodes.objects.add_object(
        ua.NodeId("Linewalker.Station", namespace), ua.QualifiedName("LinewalkerStation", namespace)
    )
    for image, folder_name in ((LineImage, "In"), (StationImage, "Out")):
        folder = await station.add_folder(
            ua.NodeId(f"Linewalker.Station.{folder_name}", namespace), ua.QualifiedName(folder_name, namespace)
        )
        initial = image()
        for name, signal in signals_of(image):
            node = await folder.add_variable(
                ua.NodeId(node_name(image, signal), namespace),
                ua.QualifiedName(signal.name, namespace),
                variant_of(signal, getattr(initial, name)),
            )
            text = ua.LocalizedText(f"{signal.meaning} / {signal.meaning_zh}", "en")
            await node.write_attribute(ua.AttributeIds.Description, ua.DataValue(ua.Variant(text)))
            if image is LineImage:
                await node.set_writable()
    writer = await station.add_variable(
        writer_node(namespace), ua.QualifiedName("LineWriter", namespace), ua.Variant("", ua.VariantType.String)
    )
    text = ua.LocalizedText("session that may write In / 可写入 In 的会话", "en")
    await writer.write_attribute(ua.AttributeIds.Description, ua.DataValue(ua.Variant(text)))


def writer_node(namespace: int) -> ua.NodeId:
    """Shows who may write the line's image."""
    return ua.NodeId("Linewalker.Station.LineWriter", namespace)


class ImageReader:
    """Reads what the line has written out of a server's address space."""

    def __init__(self, read: Callable[[ua.NodeId], ua.DataValue], namespace: int):
        self._read = read
        self._ids = node_ids(LineImage, namespace)

    def image(self) -> LineImage:
        """What the line says now."""
        return image_of(LineImage, (self._read(node).Value.Value for node in self._ids))
