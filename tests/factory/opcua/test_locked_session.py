"""Who gets a session, what it may do there, and that it is written down."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from asyncua import Client, ua
from asyncua.crypto.security_policies import SecurityPolicyBasic256Sha256

from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.opcua.certificate_check import fingerprint
from linewalker.factory.opcua.certificates import LINE_URI, STATION_URI, ensure_certificate
from linewalker.factory.opcua.credentials import Credentials, PasswordCheck
from linewalker.factory.opcua.endpoint import ANY_PORT
from linewalker.factory.opcua.identities import Identity, Role, write_identities
from linewalker.factory.opcua.station_server import StationServer
from linewalker.factory.opcua.trust import TrustFolder
from tests.factory.opcua.certificate_maker import certificate_of, rsa_key, write_pair
from tests.factory.wires import CREDENTIALS

PASSWORD = "a password of a person"
LIFE = "ns=2;s=Linewalker.Station.In.LifeCounter"
READY = "ns=2;s=Linewalker.Station.Out.Ready"


def person(name: str, role: Role) -> Identity:
    check = PasswordCheck.for_password_of(Credentials(user=name, password=PASSWORD))
    return Identity(name=name, role=role, check=check)


@pytest.fixture(scope="module")
def folder(pki, tmp_path_factory) -> Path:
    """Certificates of a station of its own, and of clients: good, and bad in every way."""
    folder = tmp_path_factory.mktemp("station")
    for name, uri in (("station", STATION_URI), ("line", LINE_URI)):
        for ending in ("der", "pem"):
            (folder / f"{name}.{ending}").write_bytes((pki / f"{name}.{ending}").read_bytes())
        ensure_certificate(name, uri, folder)
    key, clients = rsa_key(), folder / "clients"
    for name, made in {
        "good": {},
        "stranger": {"name": "stranger"},
        "expired": {"ends_days": -0.5},
        "early": {"begins_days": 1.0},
        "other": {"uri": "urn:somebody:else"},
    }.items():
        write_pair(clients, name, key, certificate_of(key, **made))
    short = rsa_key(1024)
    write_pair(clients, "short", short, certificate_of(short))
    TrustFolder(folder).add(str(clients / "good.der"))
    by_certificate = fingerprint((clients / "good.der").read_bytes())
    write_identities(
        folder,
        [
            person("watcher", Role.OBSERVER),
            person("maria", Role.ENGINEER),
            Identity(name="cell 7", role=Role.LINE, certificate=by_certificate),
        ],
    )
    return folder


@pytest.fixture(scope="module")
def server(folder):
    audit = folder / "audit.jsonl"
    with StationServer(StationPort(), credentials=CREDENTIALS, endpoint=ANY_PORT, pki=folder, audit=audit) as server:
        yield server


def visit(server, folder, action, *, user="line", password=CREDENTIALS.password, pair="good"):
    """``action(client)`` in a session; ``user`` None: the certificate logs in."""

    async def session():
        client = Client(server.endpoint, timeout=30.0)
        client.application_uri = "urn:example:plc"
        own = [folder / "clients" / f"{pair}.{ending}" for ending in ("der", "pem")]
        await client.set_security(SecurityPolicyBasic256Sha256, *own)
        if user is None:
            await client.load_client_certificate(own[0])
            await client.load_private_key(own[1])
        else:
            client.set_user(user)
            client.set_password(password)
        async with client:
            return await action(client)

    return asyncio.run(session())


async def look(client):
    return await client.get_node(READY).read_value()


async def write(client):
    [code] = await client.uaclient.write_attributes(
        [ua.NodeId.from_string(LIFE)], [ua.DataValue(ua.Variant(7, ua.VariantType.UInt32))]
    )
    return code.name


@pytest.mark.parametrize(
    ("pair", "code"),
    [
        ("expired", "BadCertificateTimeInvalid"),
        ("early", "BadCertificateTimeInvalid"),
        ("other", "BadCertificateUriInvalid"),
        ("short", "BadCertificatePolicyCheckFailed"),
        ("stranger", "BadCertificateUntrusted"),
    ],
)
def test_a_certificate_that_will_not_do_is_refused_with_the_code_that_says_why(server, folder, pair, code):
    with pytest.raises(ua.UaStatusCodeError) as refused:
        visit(server, folder, look, pair=pair)
    assert type(refused.value).__name__ == code
    rejected = [one.content for one in TrustFolder(folder).certificates("rejected")]
    assert ((folder / "clients" / f"{pair}.der").read_bytes() in rejected) == (pair == "stranger")


@pytest.mark.parametrize(
    ("user", "password", "code"),
    [
        ("line", CREDENTIALS.password, "Good"),
        ("maria", PASSWORD, "Good"),
        ("watcher", PASSWORD, "BadUserAccessDenied"),
        (None, "", "Good"),
    ],
)
def test_everybody_looks_and_who_may_writes(server, folder, user, password, code):
    async def both(client):
        await look(client)
        return await write(client)

    assert visit(server, folder, both, user=user, password=password) == code


def test_who_is_taken_out_of_the_list_gets_in_no_more(server, folder):
    visit(server, folder, look, user="watcher", password=PASSWORD)
    write_identities(folder, [person("maria", Role.ENGINEER)])
    with pytest.raises(ua.uaerrors.BadUserAccessDenied):
        visit(server, folder, look, user="watcher", password=PASSWORD)


def test_what_happened_is_written_down_without_a_secret(server, folder):
    visit(server, folder, look, user="maria", password=PASSWORD)
    text = (folder / "audit.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert PASSWORD not in text
    assert CREDENTIALS.password not in text
    said = {(line["what"], line["who"], line["role"]) for line in lines}
    assert {("log-in", "maria", "engineer"), ("log-out", "maria", "engineer")} <= said
    assert all(line["from"].startswith("127.0.0.1") for line in lines)


def test_what_is_written_again_and_again_is_written_down_once(server, folder):
    async def write_modes(client):
        mode = ua.NodeId.from_string("ns=2;s=Linewalker.Station.In.Mode")
        for value in (1, 1, 1, 0, 0, 1, 7, 7):
            await client.uaclient.write_attributes([mode], [ua.DataValue(ua.Variant(value, ua.VariantType.Byte))])

    before = len((folder / "audit.jsonl").read_text(encoding="utf-8").splitlines())
    visit(server, folder, write_modes)
    lines = [json.loads(text) for text in (folder / "audit.jsonl").read_text(encoding="utf-8").splitlines()[before:]]
    written = [(line["value"], line["code"]) for line in lines if line["what"] == "write"]
    assert written == [(1, "Good"), (0, "Good"), (1, "Good"), (7, "BadOutOfRange")]


def test_without_encryption_nobody_is_served_unless_the_station_was_told_to(folder, caplog):
    async def peek(endpoint):
        async with Client(endpoint, timeout=30.0) as client:
            return await look(client), await write(client)

    with StationServer(
        StationPort(), credentials=CREDENTIALS, endpoint=ANY_PORT, pki=folder, insecure=True
    ) as open_server:
        assert asyncio.run(peek(open_server.endpoint)) == (False, "BadUserAccessDenied")
    assert "INSECURE" in caplog.text


def test_the_line_finds_a_place_however_many_watch(server, folder):
    write_identities(folder, [person("watcher", Role.OBSERVER)])

    async def crowd():
        clients, refused = [], 0
        for _ in range(40):
            client = Client(server.endpoint, timeout=60.0)
            client.application_uri = "urn:example:plc"
            own = [folder / "clients" / f"good.{ending}" for ending in ("der", "pem")]
            await client.set_security(SecurityPolicyBasic256Sha256, *own)
            client.set_user("watcher")
            client.set_password(PASSWORD)
            try:
                await client.connect()
                clients.append(client)
            except ua.uaerrors.BadTooManySessions:
                refused += 1
                break
        value = await asyncio.to_thread(visit, server, folder, look)
        for client in clients:
            await client.disconnect()
        return len(clients), refused, value

    places, refused, value = asyncio.run(crowd())
    assert refused == 1
    assert places >= 8
    assert value is False


def test_a_silent_session_ends_after_the_time_that_was_agreed_on(server, folder):
    async def session():
        client = Client(server.endpoint, timeout=30.0, watchdog_intervall=60.0)
        client.application_uri = "urn:example:plc"
        client.session_timeout = 2000
        own = [folder / "clients" / f"good.{ending}" for ending in ("der", "pem")]
        await client.set_security(SecurityPolicyBasic256Sha256, *own)
        client.set_user("line")
        client.set_password(CREDENTIALS.password)
        async with client:
            await look(client)
            await asyncio.sleep(6.0)
            await look(client)

    with pytest.raises((ua.UaError, ConnectionError)):
        asyncio.run(session())
