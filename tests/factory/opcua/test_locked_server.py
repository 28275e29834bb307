"""The server's locks: who gets in, who does not, and what may be written."""

from __future__ import annotations

import asyncio
import time

import pytest
from asyncua import Client, ua
from asyncua.crypto.security_policies import SecurityPolicyAes256Sha256RsaPss, SecurityPolicyBasic256Sha256

from linewalker.factory.handshake.signals import NAMESPACE_URI, LineImage, StationImage, node_name, signals_of
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.opcua.certificates import LINE_URI
from linewalker.factory.opcua.endpoint import ANY_PORT
from linewalker.factory.opcua.lockout import FIRST_WAIT_S
from linewalker.factory.opcua.station_server import StationServer
from tests.factory.wires import CREDENTIALS

OUT, IN = "ns=2;s=Linewalker.Station.Out.", "ns=2;s=Linewalker.Station.In."


@pytest.fixture(scope="module")
def server(pki):
    with StationServer(StationPort(), credentials=CREDENTIALS, endpoint=ANY_PORT, pki=pki) as server:
        yield server


@pytest.fixture
def visit(server, pki):
    """Runs ``action(client)`` in a session of an independent client."""
    return visitor(server, pki)


def visitor(server, pki):
    def run(action, user="line", password=CREDENTIALS.password, policy=SecurityPolicyBasic256Sha256):
        async def session():
            client = Client(server.endpoint)
            client.application_uri = LINE_URI
            if user is not None:
                client.set_user(user)
                client.set_password(password)
            await client.set_security(policy, pki / "line.der", pki / "line.pem")
            async with client:
                return await action(client)

        return asyncio.run(session())

    return run


async def namespaces(client):
    return await client.get_namespace_array()


@pytest.mark.parametrize("policy", [SecurityPolicyBasic256Sha256, SecurityPolicyAes256Sha256RsaPss])
def test_the_line_gets_in_over_both_encrypted_policies(visit, policy):
    assert visit(namespaces, policy=policy)[2] == NAMESPACE_URI


def test_nobody_else_gets_in_and_who_guesses_on_is_not_even_asked(pki):
    wrong = [
        (None, ""),
        ("line", ""),
        ("line", "wrong password"),
        ("admin", CREDENTIALS.password),
        ("Admin", "anything at all"),
        ("line", "a guess"),
        ("", CREDENTIALS.password),
    ]
    with StationServer(StationPort(), credentials=CREDENTIALS, endpoint=ANY_PORT, pki=pki) as guarded:
        visit = visitor(guarded, pki)
        for user, password in wrong:
            with pytest.raises((ua.uaerrors.BadUserAccessDenied, ua.uaerrors.BadIdentityTokenRejected)):
                visit(namespaces, user=user, password=password)
        with pytest.raises(ua.uaerrors.BadUserAccessDenied):
            visit(namespaces)
        time.sleep(FIRST_WAIT_S)
        assert NAMESPACE_URI in visit(namespaces)


def test_only_encrypted_endpoints_are_offered_and_nobody_is_anonymous(server):
    endpoints = asyncio.run(Client(server.endpoint).connect_and_get_server_endpoints())
    assert {endpoint.SecurityMode for endpoint in endpoints} == {ua.MessageSecurityMode.SignAndEncrypt}
    tokens = {token.TokenType for endpoint in endpoints for token in endpoint.UserIdentityTokens}
    assert tokens == {ua.UserTokenType.UserName, ua.UserTokenType.Certificate}


def test_an_unencrypted_channel_gets_no_session_even_with_the_right_password(server):
    """asyncua answers channels without security although no such endpoint is offered; the session must not."""

    async def attempt():
        client = Client(server.endpoint)
        await client.connect_socket()
        await client.send_hello()
        await client.open_secure_channel()
        create = ua.CreateSessionParameters()
        create.ClientNonce = bytes(32)
        create.RequestedSessionTimeout = 60000
        await client.uaclient.create_session(create)
        node = client.get_node(IN + "StartInspect")
        with pytest.raises(ua.UaStatusCodeError):
            await node.write_value(ua.Variant(True, ua.VariantType.Boolean))
        activate = ua.ActivateSessionParameters()
        token = ua.UserNameIdentityToken(PolicyId="username", UserName="line")
        token.Password = CREDENTIALS.password.encode()
        activate.UserIdentityToken = token
        try:
            with pytest.raises(ua.uaerrors.BadSecurityModeInsufficient):
                await client.uaclient.activate_session(activate)
            with pytest.raises(ua.UaStatusCodeError):
                await client.uaclient.register_server(ua.RegisteredServer())
        finally:
            client.disconnect_socket()

    asyncio.run(attempt())


def test_every_signal_is_there_with_its_type_and_description(visit):
    async def read(client):
        found = {}
        for image in (LineImage, StationImage):
            for _, signal in signals_of(image):
                node = client.get_node(f"ns=2;s={node_name(image, signal)}")
                data_type = await node.read_data_type_as_variant_type()
                text = (await node.read_description()).Text
                found[image, signal.name] = (data_type.name, text)
        return found

    found = visit(read)
    for image in (LineImage, StationImage):
        for _, signal in signals_of(image):
            data_type, text = found[image, signal.name]
            assert data_type == signal.type.value
            assert signal.meaning in text
            assert signal.meaning_zh in text


@pytest.mark.parametrize(
    ("node", "variant", "code"),
    [
        (OUT + "Result", ua.Variant(1, ua.VariantType.Byte), "BadUserAccessDenied"),
        (OUT + "Done", ua.Variant(True, ua.VariantType.Boolean), "BadUserAccessDenied"),
        ("i=2261", ua.Variant("x", ua.VariantType.String), "BadUserAccessDenied"),
        (IN + "Mode", ua.Variant(7, ua.VariantType.Byte), "BadOutOfRange"),
        (IN + "VIN", ua.Variant(5, ua.VariantType.Int64), "BadTypeMismatch"),
        (IN + "Nothing", ua.Variant(True, ua.VariantType.Boolean), "BadUserAccessDenied"),
    ],
)
def test_what_may_not_be_written_is_not(visit, node, variant, code):
    async def write(client):
        before = await client.get_node(OUT + "Result").read_value()
        [status] = await client.uaclient.write_attributes([ua.NodeId.from_string(node)], [ua.DataValue(variant)])
        assert await client.get_node(OUT + "Result").read_value() == before
        return status.name

    assert visit(write) == code


def test_the_user_can_not_change_the_address_space(visit):
    async def add(client):
        with pytest.raises(ua.UaStatusCodeError):
            await client.nodes.objects.add_variable(2, "intruder", 1)
        with pytest.raises(ua.UaStatusCodeError):
            await client.delete_nodes([client.get_node(IN + "VIN")])

    visit(add)


def test_the_life_counter_is_echoed_and_one_bad_value_does_not_hinder_the_others(visit):
    async def write(client):
        nodes = [client.get_node(IN + name) for name in ("Mode", "LifeCounter")]
        values = [ua.Variant(9, ua.VariantType.Byte), ua.Variant(4711, ua.VariantType.UInt32)]
        codes = await client.write_values(nodes, values, raise_on_partial_error=False)
        for _ in range(100):
            if await client.get_node(OUT + "LifeCounter").read_value() == 4711:
                return [code.name for code in codes]
            await asyncio.sleep(0.02)
        return None

    assert visit(write) == ["BadOutOfRange", "Good"]


@pytest.mark.parametrize(
    ("node", "index_range", "found"),
    [
        (OUT + "ZoneClear", "5", [False]),
        (OUT + "ZoneClear", "1:3", [False] * 3),
        (OUT + "ZoneClear", "14:99", [False] * 2),
        (OUT + "ZoneClear", None, [False] * 16),
        ("i=2255", "0", ["http://opcfoundation.org/UA/"]),
        (OUT + "ZoneClear", "16", "BadIndexRangeNoData"),
        (OUT + "ZoneClear", "3:1", "BadIndexRangeInvalid"),
        (OUT + "ZoneClear", "five", "BadIndexRangeInvalid"),
        (OUT + "Ready", "0", "BadIndexRangeNoData"),
    ],
)
def test_a_read_keeps_to_its_index_range(visit, node, index_range, found):
    wanted = ua.ReadValueId(
        NodeId=ua.NodeId.from_string(node), AttributeId=ua.AttributeIds.Value, IndexRange=index_range
    )

    async def read(client):
        [value] = await client.uaclient.read(ua.ReadParameters(NodesToRead=[wanted]))
        return value.Value.Value if value.StatusCode.is_good() else value.StatusCode.name

    assert visit(read) == found


def test_a_write_keeps_to_its_index_range(visit):
    permits = ua.NodeId.from_string(IN + "EnterPermit")

    async def write(client):
        node = client.get_node(permits)
        await node.write_value(ua.Variant([False] * 16, ua.VariantType.Boolean, is_array=True))
        codes = []
        for index_range, content in (("3", [True]), ("5:6", [True]), ("16", [True]), ("x", [True])):
            part = ua.DataValue(ua.Variant(content, ua.VariantType.Boolean, is_array=True))
            item = ua.WriteValue(NodeId=permits, AttributeId=ua.AttributeIds.Value, IndexRange=index_range, Value=part)
            [code] = await client.uaclient.write(ua.WriteParameters(NodesToWrite=[item]))
            codes.append(code.name)
        return codes, await node.read_value()

    codes, there = visit(write)
    assert codes == ["Good", "BadIndexRangeDataMismatch", "BadIndexRangeNoData", "BadIndexRangeInvalid"]
    assert there == [False] * 3 + [True] + [False] * 12


def test_a_subscription_keeps_to_its_index_range(visit):
    class Notes:
        def __init__(self):
            self.values = []

        def datachange_notification(self, _node, value, _data):
            self.values.append(value)

    async def watch(client):
        notes = Notes()
        subscription = await client.create_subscription(20, notes)
        made = []
        for handle, index_range in enumerate(("2:3", "2:", None)):
            item = ua.MonitoredItemCreateRequest()
            item.ItemToMonitor = ua.ReadValueId(
                NodeId=ua.NodeId.from_string(OUT + "InZone"),
                AttributeId=ua.AttributeIds.Value,
                IndexRange=index_range,
            )
            item.MonitoringMode = ua.MonitoringMode.Reporting
            item.RequestedParameters = ua.MonitoringParameters(ClientHandle=handle, QueueSize=1)
            made += await subscription.create_monitored_items([item])
        for _ in range(100):
            if len(notes.values) >= 2:
                break
            await asyncio.sleep(0.02)
        return [code if isinstance(code, int) else code.name for code in made], notes.values

    made, values = visit(watch)
    assert isinstance(made[0], int)
    assert made[1] == "BadIndexRangeInvalid"
    assert values == [[False] * 2, [False] * 16]


def test_while_one_session_lives_no_other_writes_and_all_see_who_does(server, pki):
    """Both know the password; the second one is no line, whatever it says."""

    async def both():
        clients = []
        for name in ("the line", "a stranger"):
            client = Client(server.endpoint)
            client.application_uri, client.name = LINE_URI, name
            client.set_user("line")
            client.set_password(CREDENTIALS.password)
            await client.set_security(SecurityPolicyBasic256Sha256, pki / "line.der", pki / "line.pem")
            await client.connect()
            clients.append(client)
        line, stranger = clients
        life, said = [ua.NodeId.from_string(IN + "LifeCounter")], []
        try:
            for count in range(41000, 41006):
                beat = [ua.DataValue(ua.Variant(count, ua.VariantType.UInt32))]
                [mine] = await line.uaclient.write_attributes(life, beat)
                if count > 41000:
                    [theirs] = await stranger.uaclient.write_attributes(life, beat)
                    said.append((mine.name, theirs.name))
            await asyncio.sleep(0.1)
            writer = await stranger.get_node("ns=2;s=Linewalker.Station.LineWriter").read_value()
        finally:
            for client in clients:
                await client.disconnect()
        return said, writer

    said, writer = asyncio.run(both())
    assert said == [("Good", "BadLocked")] * 5
    assert writer.startswith("127.0.0.1:")
