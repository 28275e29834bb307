"""The NodeSets are in the running server, whole; read here by a reader of the tests, and asked for over the wire."""

from __future__ import annotations

import gzip
from pathlib import Path
from xml.etree import ElementTree

import pytest
from asyncua import ua

import linewalker.factory.opcua.standards.standards as standards
from linewalker.factory.opcua.standards.nodeset import NAMES, URIS

FILES = Path(standards.__file__).parent / "nodesets"
XMLNS = {"u": "http://opcfoundation.org/UA/2011/03/UANodeSet.xsd"}
NOT_SHOWN_FROM_BOTH_ENDS = (37, 40)
BATCH = 100


def declared(name: str, index: int) -> dict[ua.NodeId, tuple[str, set[tuple[ua.NodeId, bool, ua.NodeId]]]]:
    """Class and references of every node of a file, by nothing but ElementTree."""
    with gzip.open(FILES / f"{name}.xml.gz") as stream:
        root = ElementTree.parse(stream).getroot()
    aliases = {alias.get("Alias"): alias.text for alias in root.iterfind("u:Aliases/u:Alias", XMLNS)}

    def node_id(text: str) -> ua.NodeId:
        return ua.NodeId.from_string((aliases.get(text) or text).replace("ns=1;", f"ns={index};"))

    found = {}
    for element in root:
        if (kind := element.get("NodeId")) is None:
            continue
        references = {
            (node_id(one.get("ReferenceType")), one.get("IsForward") != "false", node_id(one.text.strip()))
            for one in element.iterfind("u:References/u:Reference", XMLNS)
        }
        found[node_id(kind)] = element.tag.rpartition("}UA")[2], references
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_node_of_the_file_is_there_with_its_class_and_its_references(visit, name):
    async def compare(visitor):
        nodes = declared(name, visitor.index[name])
        ids = list(nodes)
        for first in range(0, len(ids), BATCH):
            some = ids[first : first + BATCH]
            classes = await visitor.client.uaclient.read_attributes(some, ua.AttributeIds.NodeClass)
            described = [
                ua.BrowseDescription(
                    NodeId=node,
                    BrowseDirection=ua.BrowseDirection.Both,
                    ReferenceTypeId=ua.NodeId(0),
                    IncludeSubtypes=True,
                    NodeClassMask=0,
                    ResultMask=63,
                )
                for node in some
            ]
            browsed = await visitor.client.uaclient.browse(ua.BrowseParameters(NodesToBrowse=described))
            for node, shown, result in zip(some, classes, browsed):
                node_class, references = nodes[node]
                assert ua.NodeClass(shown.Value.Value).name == node_class, node
                seen = {(one.ReferenceTypeId, one.IsForward, one.NodeId) for one in result.References}
                assert references <= seen, (node, references - seen)
        return len(ids)

    assert visit(compare) == {"machine_vision": 790, "machinery_result": 124, "job_control": 258}[name]


def test_their_namespaces_follow_that_of_the_station(visit):
    async def namespaces(visitor):
        return await visitor.client.get_namespace_array()

    assert visit(namespaces)[3:] == list(URIS.values())


def test_nobody_writes_into_a_model(visit):
    async def write(visitor):
        node = visitor.client.get_node(ua.NodeId(6049, visitor.index["machine_vision"]))
        with pytest.raises(ua.uaerrors.BadUserAccessDenied):
            await node.write_value(ua.Variant("x", ua.VariantType.String))

    visit(write)
