"""A NodeSet as a file has it."""

from __future__ import annotations

from xml.etree import ElementTree

from asyncua import ua

from linewalker.factory.opcua.standards.nodeset import NAMES, URIS, NodeSet, read_nodeset

FILE = """<UANodeSet xmlns="http://opcfoundation.org/UA/2011/03/UANodeSet.xsd">
  <NamespaceUris><Uri>urn:a</Uri><Uri>urn:b</Uri></NamespaceUris>
  <Aliases><Alias Alias="HasComponent">i=47</Alias></Aliases>
  <UAVariable NodeId="ns=1;s=x" BrowseName="2:X" DataType="ns=2;i=7" ValueRank="1">
    <DisplayName>an x</DisplayName>
    <References><Reference ReferenceType="HasComponent" IsForward="false">ns=2;i=5</Reference></References>
  </UAVariable>
</UANodeSet>"""


def test_numbers_of_namespaces_become_those_of_the_server():
    nodeset = NodeSet(ElementTree.fromstring(FILE), {"urn:a": 7, "urn:b": 4}.__getitem__)
    (node,) = nodeset.nodes
    assert nodeset.uri == "urn:a"
    assert (node.id, node.browse_name) == (ua.NodeId("x", 7), ua.QualifiedName("X", 4))
    assert (node.display_name, node.data_type) == ("an x", ua.NodeId(7, 4))
    (reference,) = node.references
    assert (reference.type, reference.forward, reference.target) == (ua.NodeId(47), False, ua.NodeId(5, 4))


def test_what_the_package_carries_is_about_what_it_says():
    for name in NAMES:
        assert read_nodeset(name, lambda _: 2).uri == URIS[name]
