"""Puts a whole NodeSet into a server's address space, or says what does not fit.

asyncua's own importer leaves out nodes that it can not place, and says so only in its log; here each node of the file
gets its place, and each reference both of its ends, or the server does not start.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from asyncua import ua
from asyncua.server.address_space import AddressSpace, AttributeValue, NodeData

from linewalker.errors import StationFault
from linewalker.factory.opcua.standards.data_types import DataTypes
from linewalker.factory.opcua.standards.nodeset import DeclaredNode, NodeSet
from linewalker.factory.opcua.standards.nodeset_values import variant_of_value

_A, _T = ua.AttributeIds, ua.VariantType
_TYPE_DEFINITION = ua.NodeId(ua.ObjectIds.HasTypeDefinition)
_ONE_WAY = (_TYPE_DEFINITION, ua.NodeId(ua.ObjectIds.HasModellingRule))
_READ = int(ua.AccessLevel.CurrentRead.mask)


def import_nodeset(nodeset: NodeSet, space: AddressSpace) -> None:
    """Add what a NodeSet declares.

    Args:
        nodeset: whose namespace has its number already.
        space: where OPC UA itself is, and all else the NodeSet builds on.

    Raises:
        StationFault: a node is there already, or refers to one that is not.
    """
    types = DataTypes(nodeset)
    for node in nodeset.nodes:
        if node.id in space:
            raise StationFault(f"{nodeset.uri}: node {node.id.to_string()} is there already")
        space[node.id] = _made(node, nodeset, types)
    links = [
        (node.id, one.type, one.target) if one.forward else (one.target, one.type, node.id)
        for node in nodeset.nodes
        for one in node.references
    ]
    # what a node is comes first, for a reference to it says that, too; files name most references at both ends
    for source, kind, target in sorted(dict.fromkeys(links), key=lambda link: link[1] != _TYPE_DEFINITION):
        for end in (source, target):
            if end not in space:
                raise StationFault(f"{nodeset.uri}: {end.to_string()} is referred to, but is not there")
        refer(space, source, kind, target)
    types.register()


def refer(space: AddressSpace, source: ua.NodeId, kind: ua.NodeId, target: ua.NodeId) -> None:
    """Add a reference that is not there yet.

    It is seen from both of its ends, but for those that thousands have to the same few nodes of OPC UA itself: what
    type, and what modelling rule (OPC 10000-3, 7.11 and 7.13, leave that to the server).
    """
    space[source].references.append(_described(space[target], kind, forward=True))
    if kind not in _ONE_WAY:
        space[target].references.append(_described(space[source], kind, forward=False))


def _described(node: NodeData, kind: ua.NodeId, *, forward: bool) -> ua.ReferenceDescription:
    ends = (one.NodeId for one in node.references if one.IsForward and one.ReferenceTypeId == _TYPE_DEFINITION)
    return ua.ReferenceDescription(
        ReferenceTypeId=kind,
        IsForward=forward,
        NodeId=node.nodeid,
        BrowseName=value_of(node, _A.BrowseName),
        DisplayName=value_of(node, _A.DisplayName),
        NodeClass=ua.NodeClass(value_of(node, _A.NodeClass)),
        TypeDefinition=next(ends, ua.NodeId()),
    )


def value_of(node: NodeData, attribute: ua.AttributeIds) -> Any:
    """What an attribute of a node holds."""
    held = node.attributes[attribute].value
    assert held is not None
    assert held.Value is not None
    return held.Value.Value


def new_node(node_id: ua.NodeId, attributes: dict[ua.AttributeIds, ua.Variant]) -> NodeData:
    """A node with these attributes, in no place yet."""
    node, stamp = NodeData(node_id), datetime.now(UTC)
    for attribute, variant in {_A.NodeId: ua.Variant(node_id, _T.NodeId), **attributes}.items():
        stamps = {"SourceTimestamp": stamp, "ServerTimestamp": stamp} if attribute is _A.Value else {}
        node.attributes[attribute] = AttributeValue(ua.DataValue(variant, **stamps))
    return node


def _made(node: DeclaredNode, nodeset: NodeSet, types: DataTypes) -> NodeData:
    attributes = {
        _A.NodeClass: ua.Variant(node.node_class, _T.Int32),
        _A.BrowseName: ua.Variant(node.browse_name, _T.QualifiedName),
        _A.DisplayName: ua.Variant(ua.LocalizedText(node.display_name), _T.LocalizedText),
        _A.Description: ua.Variant(ua.LocalizedText(node.description or None), _T.LocalizedText),
        _A.WriteMask: ua.Variant(0, _T.UInt32),
        _A.UserWriteMask: ua.Variant(0, _T.UInt32),
        **_OF_CLASS[node.node_class](node),
    }
    if node.node_class in (ua.NodeClass.Variable, ua.NodeClass.VariableType):
        attributes[_A.Value] = variant_of_value(node.value, nodeset)
    if (definition := types.definitions.get(node.id)) is not None:
        attributes[_A.DataTypeDefinition] = ua.Variant(definition, _T.ExtensionObject)
    return new_node(node.id, attributes)


def _flag(node: DeclaredNode, name: str) -> ua.Variant:
    return ua.Variant(node.attributes.get(name) == "true", _T.Boolean)


def _of_type(node: DeclaredNode) -> dict[ua.AttributeIds, ua.Variant]:
    return {_A.IsAbstract: _flag(node, "IsAbstract")}


def _of_value(node: DeclaredNode) -> dict[ua.AttributeIds, ua.Variant]:
    found = {
        _A.DataType: ua.Variant(node.data_type, _T.NodeId),
        _A.ValueRank: ua.Variant(int(node.attributes.get("ValueRank", -1)), _T.Int32),
    }
    if (dimensions := node.attributes.get("ArrayDimensions")) is not None:
        found[_A.ArrayDimensions] = ua.Variant([int(one) for one in dimensions.split(",")], _T.UInt32, is_array=True)
    return found


def _of_variable(node: DeclaredNode) -> dict[ua.AttributeIds, ua.Variant]:
    return {
        **_of_value(node),
        _A.AccessLevel: ua.Variant(int(node.attributes.get("AccessLevel", _READ)), _T.Byte),
        _A.UserAccessLevel: ua.Variant(_READ, _T.Byte),  # nobody writes into a model
        _A.Historizing: ua.Variant(False, _T.Boolean),
        _A.MinimumSamplingInterval: ua.Variant(0.0, _T.Double),
    }


def _of_reference(node: DeclaredNode) -> dict[ua.AttributeIds, ua.Variant]:
    return {**_of_type(node), _A.Symmetric: _flag(node, "Symmetric")}


_OF_CLASS = {
    ua.NodeClass.Object: lambda _: {_A.EventNotifier: ua.Variant(0, _T.Byte)},
    ua.NodeClass.Variable: _of_variable,
    ua.NodeClass.Method: lambda _: {name: ua.Variant(True, _T.Boolean) for name in (_A.Executable, _A.UserExecutable)},
    ua.NodeClass.ObjectType: _of_type,
    ua.NodeClass.VariableType: lambda node: {**_of_type(node), **_of_value(node)},
    ua.NodeClass.DataType: _of_type,
    ua.NodeClass.ReferenceType: _of_reference,
}
