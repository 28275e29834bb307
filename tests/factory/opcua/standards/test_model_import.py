"""A NodeSet that does not fit stops the server."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from asyncua import ua

from linewalker.errors import StationFault
from linewalker.factory.opcua.standards.model_import import import_nodeset
from linewalker.factory.opcua.standards.nodeset import NodeSet

FILE = """<UANodeSet xmlns="http://opcfoundation.org/UA/2011/03/UANodeSet.xsd">
  <NamespaceUris><Uri>urn:a</Uri></NamespaceUris>
  <UAObject NodeId="{node}" BrowseName="1:A"><References>
    <Reference ReferenceType="i=40">i=58</Reference>
    <Reference ReferenceType="i=35" IsForward="false">{parent}</Reference>
  </References></UAObject></UANodeSet>"""


def nodeset(node: str, parent: str) -> NodeSet:
    return NodeSet(ElementTree.fromstring(FILE.format(node=node, parent=parent)), lambda _: 9)


def test_a_node_gets_its_place_seen_from_both_ends(imported):
    space = imported[0].iserver.aspace
    import_nodeset(nodeset("ns=1;s=fits", "i=85"), space)
    made = ua.NodeId("fits", 9)
    seen = [one for one in space[ua.NodeId(85)].references if one.NodeId == made]
    assert [(one.IsForward, one.BrowseName.Name, one.TypeDefinition) for one in seen] == [(True, "A", ua.NodeId(58))]
    assert (ua.NodeId(35), False) in [(one.ReferenceTypeId, one.IsForward) for one in space[made].references]


def test_a_node_that_is_there_already_and_one_that_is_missing_are_said(imported):
    space = imported[0].iserver.aspace
    with pytest.raises(StationFault, match="urn:a: node i=85 is there already"):
        import_nodeset(nodeset("i=85", "i=84"), space)
    with pytest.raises(StationFault, match="urn:a: ns=9;s=nowhere is referred to, but is not there"):
        import_nodeset(nodeset("ns=1;s=lost", "ns=1;s=nowhere"), space)
