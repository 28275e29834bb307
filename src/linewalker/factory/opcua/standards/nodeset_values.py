"""The values of variables in a NodeSet, out of their XML (OPC 10000-6, 5.3)."""

from __future__ import annotations

import base64
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import Element

from asyncua import ua

from linewalker.factory.opcua.standards.nodeset import NodeSet

_INTEGERS = ("SByte", "Byte", "Int16", "UInt16", "Int32", "UInt32", "Int64", "UInt64")
_OF_OPC_UA = {"Argument": ua.Argument, "EnumValueType": ua.EnumValueType}


def variant_of_value(value: Element | None, nodeset: NodeSet) -> ua.Variant:
    """What stands in a variable; null where the file has nothing.

    Structures of the model itself have no value in a file that means anything: they are examples for types, and null.

    Raises:
        ValueError: a kind of value that no model here has.
    """
    if value is None:
        return ua.Variant()
    kind = _name(value)
    if not kind.startswith("ListOf"):
        content = _content(kind, value, nodeset)
        return ua.Variant() if content is None else ua.Variant(content, ua.VariantType[kind])
    kind = kind.removeprefix("ListOf")
    return ua.Variant([_content(kind, one, nodeset) for one in value], ua.VariantType[kind], is_array=True)


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _content(kind: str, element: Element, nodeset: NodeSet) -> Any:
    text = (element.text or "").strip()
    if kind in _INTEGERS:
        return int(text)
    if kind == "Boolean":
        return text == "true"
    if kind == "String":
        return element.text or ""
    if kind == "ByteString":
        return base64.b64decode(text)
    if kind == "DateTime":
        return datetime.fromisoformat(text).astimezone(UTC)
    parts = {_name(part): part for part in element}
    if kind == "LocalizedText":
        return ua.LocalizedText(*(_text(parts, name) for name in ("Text", "Locale")))
    if kind == "QualifiedName":
        return nodeset.qualified(f"{_text(parts, 'NamespaceIndex') or 0}:{_text(parts, 'Name')}")
    if kind == "ExtensionObject":
        body = next(iter(parts["Body"]))
        made = _OF_OPC_UA.get(_name(body))
        return None if made is None else _structure(made(), body, nodeset)
    raise ValueError(f"a NodeSet has a value of the kind {kind}, which is not read yet")


def _text(parts: dict[str, Element], name: str) -> str | None:
    part = parts.get(name)
    return None if part is None else part.text


def _structure(made: Any, element: Element, nodeset: NodeSet) -> Any:
    """Fill a structure of OPC UA itself with what stands in its elements."""
    kinds = {field.name: type(getattr(made, field.name)) for field in fields(made)}
    for part in element:
        name, kind = _name(part), kinds.get(_name(part))
        if name == "DataType":
            made.DataType = nodeset.node_id((part[0].text or "").strip())
        elif name == "ArrayDimensions":
            made.ArrayDimensions = [int(one.text or 0) for one in part]
        elif name in ("DisplayName", "Description"):
            setattr(made, name, _content("LocalizedText", part, nodeset))
        elif name in ("Value", "ValueRank"):
            setattr(made, name, int(part.text or 0))
        elif kind is not None:
            setattr(made, name, part.text or "")
    return made
