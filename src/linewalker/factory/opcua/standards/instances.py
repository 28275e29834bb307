"""Makes an object of a type, with the members that the type asks for, in a server's address space.

NodeIds are texts, made of the names on the way: ``Linewalker.Vision.VisionStateMachine.CurrentState.Number``. So a
client can be written down once and for all, as with the station's own image.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from asyncua import ua
from asyncua.server.address_space import AddressSpace, NodeData

from linewalker.factory.opcua.standards.model_import import new_node, refer, value_of

_A, _I = ua.AttributeIds, ua.ObjectIds
_TYPE_DEFINITION, _SUBTYPE, _RULE = (
    ua.NodeId(one) for one in (_I.HasTypeDefinition, _I.HasSubtype, _I.HasModellingRule)
)
_MEMBER_KINDS = {
    ua.NodeId(one) for one in (_I.HasComponent, _I.HasProperty, _I.HasOrderedComponent, _I.HasStructuredComponent)
}
_MANDATORY, _OPTIONAL = (ua.NodeId(one) for one in (_I.ModellingRule_Mandatory, _I.ModellingRule_Optional))
_CLASS_OF_INSTANCE = {ua.NodeClass.ObjectType: ua.NodeClass.Object, ua.NodeClass.VariableType: ua.NodeClass.Variable}


class Instance(Mapping[str, ua.NodeId]):
    """An object of a type.

    Its members' NodeIds by their path: ``VisionStateMachine.CurrentState``; the object itself has the empty path.

    Args:
        space: of the server.
        type_id: of the object, which is not abstract.
        parent: whose component it becomes.
        name: its NodeId, and its browse name.
        index: of the namespace of both.
        optional: paths of those optional members that it has; the mandatory ones it has anyway.

    Raises:
        KeyError: the type has no such optional member.
    """

    def __init__(
        self,
        space: AddressSpace,
        type_id: ua.NodeId,
        *,
        parent: ua.NodeId,
        name: str,
        index: int,
        optional: frozenset[str] = frozenset(),
    ):
        self._space, self._index, self._name, self._optional = space, index, name, optional
        self._ids: dict[str, ua.NodeId] = {}
        self._add("", type_id, parent, ua.NodeId(_I.HasComponent))
        if missing := optional - self._ids.keys():
            raise KeyError(f"{space[type_id].nodeid.to_string()} has no members {sorted(missing)}")

    def __getitem__(self, path: str) -> ua.NodeId:
        return self._ids[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def _add(self, path: str, declared: ua.NodeId, parent: ua.NodeId, kind: ua.NodeId) -> None:
        declaration, type_id = self._space[declared], self._type_of(declared)
        made = new_node(
            ua.NodeId(f"{self._name}.{path}" if path else self._name, self._index),
            {name: held.value.Value for name, held in declaration.attributes.items() if name is not _A.NodeId},
        )
        node_class = ua.NodeClass(value_of(declaration, _A.NodeClass))
        if not path:
            self._make_it_an_instance(made, _CLASS_OF_INSTANCE[node_class])
        self._space[made.nodeid] = made
        self._ids[path] = made.nodeid
        if type_id is not None:
            refer(self._space, made.nodeid, _TYPE_DEFINITION, type_id)
        refer(self._space, parent, kind, made.nodeid)
        for name, member in self._members(declared, type_id).items():
            member_path = f"{path}.{name}" if path else name
            rule = self._target(member.NodeId, _RULE)
            if rule == _MANDATORY or (rule == _OPTIONAL and member_path in self._optional):
                self._add(member_path, member.NodeId, made.nodeid, member.ReferenceTypeId)

    def _make_it_an_instance(self, node: NodeData, node_class: ua.NodeClass) -> None:
        name = self._name.rpartition(".")[2]
        node.attributes.pop(_A.IsAbstract, None)
        node.attributes |= new_node(
            node.nodeid,
            {
                _A.NodeClass: ua.Variant(node_class, ua.VariantType.Int32),
                _A.BrowseName: ua.Variant(ua.QualifiedName(name, self._index), ua.VariantType.QualifiedName),
                _A.DisplayName: ua.Variant(ua.LocalizedText(name), ua.VariantType.LocalizedText),
                **(
                    {_A.EventNotifier: ua.Variant(1, ua.VariantType.Byte)}
                    if node_class is ua.NodeClass.Object
                    else {
                        attribute: ua.Variant(1, ua.VariantType.Byte)
                        for attribute in (_A.AccessLevel, _A.UserAccessLevel)
                    }
                ),
            },
        ).attributes

    def _type_of(self, declared: ua.NodeId) -> ua.NodeId | None:
        if ua.NodeClass(value_of(self._space[declared], _A.NodeClass)) in _CLASS_OF_INSTANCE:
            return declared
        return self._target(declared, _TYPE_DEFINITION)

    def _members(self, declared: ua.NodeId, type_id: ua.NodeId | None) -> dict[str, ua.ReferenceDescription]:
        """Of a declaration; what it says itself goes before what its type says, and that before its supertypes."""
        found: dict[str, ua.ReferenceDescription] = {}
        at: ua.NodeId | None = declared
        while at is not None:
            for reference in self._space[at].references:
                if reference.IsForward and reference.ReferenceTypeId in _MEMBER_KINDS:
                    found.setdefault(reference.BrowseName.Name, replace(reference))
            at = type_id if at == declared != type_id else self._target(at, _SUBTYPE, forward=False)
        return found

    def _target(self, source: ua.NodeId, kind: ua.NodeId, *, forward: bool = True) -> ua.NodeId | None:
        return target_of(self._space, source, kind, forward=forward)


def target_of(space: AddressSpace, source: ua.NodeId, kind: ua.NodeId, *, forward: bool = True) -> ua.NodeId | None:
    """Where the first reference of a kind leads; None: there is none."""
    found = (one for one in space[source].references if one.ReferenceTypeId == kind and one.IsForward is forward)
    return next((one.NodeId for one in found), None)
