"""Values of variables in a NodeSet."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from asyncua import ua

from linewalker.factory.opcua.standards.nodeset import NodeSet
from linewalker.factory.opcua.standards.nodeset_values import variant_of_value

NODESET = NodeSet(
    ElementTree.fromstring(
        '<UANodeSet xmlns="http://opcfoundation.org/UA/2011/03/UANodeSet.xsd">'
        "<NamespaceUris><Uri>urn:a</Uri></NamespaceUris></UANodeSet>"
    ),
    lambda _: 5,
)


def value(text: str) -> ua.Variant:
    return variant_of_value(ElementTree.fromstring(text), NODESET)


@pytest.mark.parametrize(
    ("text", "content", "kind"),
    [
        ("<UInt32>4</UInt32>", 4, "UInt32"),
        ("<Boolean>false</Boolean>", False, "Boolean"),
        ("<String>a</String>", "a", "String"),
        ("<ByteString>aGk=</ByteString>", b"hi", "ByteString"),
        ("<DateTime>2019-07-11T10:18:27Z</DateTime>", datetime(2019, 7, 11, 10, 18, 27, tzinfo=UTC), "DateTime"),
        ("<ListOfInt32><Int32>1</Int32><Int32>2</Int32></ListOfInt32>", [1, 2], "Int32"),
        (
            "<QualifiedName><NamespaceIndex>1</NamespaceIndex><Name>N</Name></QualifiedName>",
            ua.QualifiedName("N", 5),
            "QualifiedName",
        ),
    ],
)
def test_each_kind_is_read(text, content, kind):
    assert value(text) == ua.Variant(content, ua.VariantType[kind], is_array=isinstance(content, list))


def test_arguments_are_read_with_types_of_the_server():
    argument = (
        "<Argument><Name>Id</Name><DataType><Identifier>ns=1;i=3</Identifier></DataType><ValueRank>1</ValueRank>"
        "<ArrayDimensions><UInt32>0</UInt32></ArrayDimensions><Description><Text>what</Text></Description></Argument>"
    )
    read = value(
        f"<ListOfExtensionObject><ExtensionObject><Body>{argument}</Body></ExtensionObject></ListOfExtensionObject>"
    )
    (made,) = read.Value
    assert (made.Name, made.DataType, made.ValueRank, made.ArrayDimensions) == ("Id", ua.NodeId(3, 5), 1, [0])
    assert made.Description.Text == "what"


def test_nothing_is_null_and_a_kind_that_is_not_known_is_said():
    assert variant_of_value(None, NODESET).Value is None
    with pytest.raises(ValueError, match="Guid"):
        value("<Guid>1</Guid>")
