"""A NodeSet: an information model as a file (OPC 10000-6, Annex F), read into what it declares."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, parse

from asyncua import ua

URIS = {
    "machine_vision": "http://opcfoundation.org/UA/MachineVision",
    "machinery_result": "http://opcfoundation.org/UA/Machinery/Result/",
    "job_control": "http://opcfoundation.org/UA/ISA95-JOBCONTROL_V2/",
}
"""Those the package carries; each needs nothing but OPC UA itself."""
NAMES = tuple(URIS)

_FOLDER = Path(__file__).parent / "nodesets"
_SCHEMA = "{http://opcfoundation.org/UA/2011/03/UANodeSet.xsd}"
_CLASSES = {f"{_SCHEMA}UA{name}": ua.NodeClass[name] for name in ua.NodeClass.__members__}


@dataclass(frozen=True, kw_only=True)
class Reference:
    """From the node that declares it."""

    type: ua.NodeId
    forward: bool
    target: ua.NodeId


@dataclass(frozen=True, kw_only=True)
class DeclaredNode:
    """One node as its file has it.

    Attributes:
        id, node_class, browse_name, display_name, description: as a server shows them.
        attributes: the rest, as text: ``IsAbstract``, ``ValueRank`` ...
        data_type: of a variable or a type of variables.
        references: those it declares.
        value, definition: of a variable, of a data type; None where there is none.
    """

    id: ua.NodeId
    node_class: ua.NodeClass
    browse_name: ua.QualifiedName
    display_name: str
    description: str
    attributes: dict[str, str]
    data_type: ua.NodeId
    references: tuple[Reference, ...]
    value: Element | None
    definition: Element | None


class NodeSet:
    """What one file declares.

    Args:
        root: of the file.
        index_of: the number that a namespace has on the server.

    Attributes:
        uri: of the namespace it is about.
        nodes: in the order of the file.
    """

    def __init__(self, root: Element, index_of: Callable[[str], int]):
        uris = [uri.text or "" for uri in root.iterfind(f"{_SCHEMA}NamespaceUris/{_SCHEMA}Uri")]
        self.uri = uris[0]
        self._indices = [0, *(index_of(uri) for uri in uris)]
        aliases = root.iterfind(f"{_SCHEMA}Aliases/{_SCHEMA}Alias")
        self._aliases = {alias.get("Alias", ""): alias.text or "" for alias in aliases}
        self.nodes = tuple(self._node(element) for element in root if element.tag in _CLASSES)

    def node_id(self, text: str) -> ua.NodeId:
        """A NodeId, or an alias of one, as the file writes it."""
        read = ua.NodeId.from_string(self._aliases.get(text, text))
        return ua.NodeId(read.Identifier, self._indices[read.NamespaceIndex])

    def qualified(self, text: str) -> ua.QualifiedName:
        """A name as the file writes it: ``1:Result``."""
        index, colon, name = text.partition(":")
        if colon and index.isdigit():
            return ua.QualifiedName(name, self._indices[int(index)])
        return ua.QualifiedName(text, 0)

    def _node(self, element: Element) -> DeclaredNode:
        name = self.qualified(element.attrib["BrowseName"])
        return DeclaredNode(
            id=self.node_id(element.attrib["NodeId"]),
            node_class=_CLASSES[element.tag],
            browse_name=name,
            display_name=element.findtext(f"{_SCHEMA}DisplayName") or name.Name,
            description=element.findtext(f"{_SCHEMA}Description") or "",
            attributes=dict(element.attrib),
            data_type=self.node_id(element.get("DataType", "i=24")),
            references=tuple(
                Reference(
                    type=self.node_id(reference.attrib["ReferenceType"]),
                    forward=reference.get("IsForward") != "false",
                    target=self.node_id((reference.text or "").strip()),
                )
                for reference in element.iterfind(f"{_SCHEMA}References/{_SCHEMA}Reference")
            ),
            value=next(iter(element.find(f"{_SCHEMA}Value") or ()), None),
            definition=element.find(f"{_SCHEMA}Definition"),
        )


def read_nodeset(name: str, index_of: Callable[[str], int]) -> NodeSet:
    """One of `NAMES`."""
    with gzip.open(_FOLDER / f"{name}.xml.gz") as stream:
        return NodeSet(parse(stream).getroot(), index_of)
