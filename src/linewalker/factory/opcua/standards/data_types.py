"""Data types of a NodeSet: their definitions, and the Python classes in which their values are kept."""

from __future__ import annotations

from asyncua import ua
from asyncua.common.structures104 import make_structure

from linewalker.factory.opcua.standards.nodeset import DeclaredNode, NodeSet

_STRUCTURE, _ENUMERATION = ua.NodeId(ua.ObjectIds.Structure), ua.NodeId(ua.ObjectIds.Enumeration)
_SUBTYPE, _ENCODING = ua.NodeId(ua.ObjectIds.HasSubtype), ua.NodeId(ua.ObjectIds.HasEncoding)
_MOST_BUILT_IN = 25
"""Identifiers of the built-in types, which need no class (OPC 10000-6, table 1)."""


class DataTypes:
    """Those of one NodeSet.

    Args:
        nodeset: where they are declared.

    Attributes:
        definitions: of structures and enumerations, by data type.
    """

    def __init__(self, nodeset: NodeSet):
        self._nodeset = nodeset
        self._declared = {node.id: node for node in nodeset.nodes if node.node_class is ua.NodeClass.DataType}
        self._encodings = self._binary_encodings()
        self.definitions: dict[ua.NodeId, ua.StructureDefinition | ua.EnumDefinition] = {}
        for node in self._declared.values():
            if self._is_structure(node.id):
                self.definitions[node.id] = self._structure(node)
            elif node.definition is not None:
                self.definitions[node.id] = self._enumeration(node)

    def register(self) -> None:
        """Make a class of each structure that is not abstract, and let asyncua pack and unpack it."""
        for node in self._declared.values():
            self._register(node)

    def _register(self, node: DeclaredNode) -> None:
        definition = self.definitions.get(node.id)
        if not isinstance(definition, ua.StructureDefinition) or node.id in ua.extension_objects_by_datatype:
            return
        for field in definition.Fields:
            if field.DataType in self._declared and field.DataType != node.id:
                self._register(self._declared[field.DataType])
        plain = ua.StructureDefinition(
            StructureType=definition.StructureType,
            Fields=[self._plain(field) for field in definition.Fields],
        )
        name = node.browse_name.Name
        made = make_structure(node.id, name, plain)[name]
        if node.id in self._encodings:
            ua.register_extension_object(name, self._encodings[node.id], made, node.id)

    def _plain(self, field: ua.StructureField) -> ua.StructureField:
        """The field with the built-in type that its own comes down to, where it is no structure."""
        kind = field.DataType
        while kind in self._declared and not self._is_structure(kind):
            kind = self._supertype(kind)
        kind = ua.NodeId(ua.ObjectIds.Int32) if kind == _ENUMERATION else kind
        return ua.StructureField(Name=field.Name, DataType=kind, ValueRank=field.ValueRank, IsOptional=field.IsOptional)

    def _binary_encodings(self) -> dict[ua.NodeId, ua.NodeId]:
        found = {}
        for node in self._nodeset.nodes:
            if node.browse_name.Name == "Default Binary":
                for reference in node.references:
                    if reference.type == _ENCODING and not reference.forward:
                        found[reference.target] = node.id
        return found

    def _supertype(self, kind: ua.NodeId) -> ua.NodeId:
        for reference in self._declared[kind].references:
            if reference.type == _SUBTYPE and not reference.forward:
                return reference.target
        raise ValueError(f"data type {kind} has no supertype")

    def _is_structure(self, kind: ua.NodeId) -> bool:
        while kind in self._declared:
            kind = self._supertype(kind)
        return kind == _STRUCTURE

    def _structure(self, node: DeclaredNode) -> ua.StructureDefinition:
        fields = self._fields(node)
        optional = any(field.IsOptional for field in fields)
        own = () if node.definition is None else node.definition
        if any(field.get("AllowSubTypes") == "true" for field in own):
            kind = ua.StructureType.StructureWithSubtypedValues
        else:
            kind = ua.StructureType.StructureWithOptionalFields if optional else ua.StructureType.Structure
        return ua.StructureDefinition(
            DefaultEncodingId=self._encodings.get(node.id, ua.NodeId()),
            BaseDataType=self._supertype(node.id),
            StructureType=kind,
            Fields=fields,
        )

    def _fields(self, node: DeclaredNode) -> list[ua.StructureField]:
        """Those of its supertypes come first."""
        base = self._declared.get(self._supertype(node.id))
        fields = [] if base is None else self._fields(base)
        for field in () if node.definition is None else node.definition:
            rank = int(field.get("ValueRank", "-1"))
            fields.append(
                ua.StructureField(
                    Name=field.attrib["Name"],
                    DataType=self._nodeset.node_id(field.get("DataType", "i=24")),
                    ValueRank=rank,
                    ArrayDimensions=[0] if rank == 1 else None,
                    # a field that may hold subtypes says so here (OPC 10000-3, 8.49)
                    IsOptional="true" in (field.get("IsOptional"), field.get("AllowSubTypes")),
                )
            )
        return fields

    def _enumeration(self, node: DeclaredNode) -> ua.EnumDefinition:
        fields = () if node.definition is None else node.definition
        return ua.EnumDefinition(
            Fields=[
                ua.EnumField(
                    Name=field.attrib["Name"],
                    Value=int(field.attrib["Value"]),
                    DisplayName=ua.LocalizedText(field.attrib["Name"]),
                )
                for field in fields
            ]
        )
