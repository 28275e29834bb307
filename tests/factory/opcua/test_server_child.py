"""One life of the server's process: what it says is heard or it is dead, and it never holds the control process up."""

from __future__ import annotations

import contextlib
import os
import signal
import socket

import pytest

from linewalker.factory.handshake.signals import LineImage, StationImage
from linewalker.factory.opcua import server_child
from linewalker.factory.opcua.border import BorderClosed, encoded
from linewalker.factory.opcua.certificates import STATION_URI, ensure_certificate
from linewalker.factory.opcua.credentials import PasswordCheck
from linewalker.factory.opcua.identities import Identity, Role
from linewalker.factory.opcua.server_child import ServerChild
from linewalker.factory.opcua.server_setup import ServerSetup
from tests.factory.wires import CREDENTIALS

ENDPOINT = "opc.tcp://127.0.0.1:{}/linewalker"


@contextlib.contextmanager
def child_of(pki, line=LineImage()):  # noqa: B008  never changed
    with socket.create_server(("127.0.0.1", 0)) as listener:
        setup = ServerSetup(
            endpoint=ENDPOINT.format(listener.getsockname()[1]),
            pair=ensure_certificate("station", STATION_URI, pki),
            pki=pki,
            identities=(Identity(name="line", role=Role.LINE, check=PasswordCheck.for_password_of(CREDENTIALS)),),
            life_timeout_s=5.0,
            line=line,
        )
        child = ServerChild(listener, setup)
        try:
            yield child
        finally:
            child.end()


def hear_until(child, condition):
    while not condition():
        child.hear(0.05)


@pytest.fixture(scope="module")
def child(pki):
    with child_of(pki, LineImage(life_counter=11, vin="LSVAA49J132047371")) as child:
        hear_until(child, lambda: child.ready)
        yield child


def test_it_starts_with_what_the_line_said_before(child):
    assert child.line == LineImage(life_counter=11, vin="LSVAA49J132047371")
    child.line = LineImage()
    hear_until(child, lambda: child.line != LineImage())
    assert child.line == LineImage(life_counter=11, vin="LSVAA49J132047371")
    assert not child.connected


def test_a_child_that_stands_still_holds_nobody_up_and_is_dead_after_a_while(child, monkeypatch):
    os.kill(child.pid, signal.SIGSTOP)
    try:
        for count in range(3000):  # more than fits between them, were it sent
            child.tell(StationImage(life_counter=count, result_json="x" * 1000))
        monkeypatch.setattr(server_child, "SILENT_S", 0.2)
        with pytest.raises(BorderClosed, match="silent"):
            hear_until(child, lambda: False)
    finally:
        os.kill(child.pid, signal.SIGCONT)


def test_what_it_dies_of_is_known(pki, capfd):
    with child_of(pki / "nowhere") as child:
        (pki / "nowhere" / "station.der").unlink()
        with pytest.raises(BorderClosed):
            hear_until(child, lambda: False)
    assert "FileNotFoundError" in child.broke
    assert "Traceback" in capfd.readouterr().err


@pytest.mark.parametrize(
    "frame",
    [{}, {"line": 7}, {"line": {"VIN": ""}}, {"line": {"vin": 7}}, {"line": {}, "connected": True, "number": "one"}],
)
def test_nonsense_from_a_server_is_its_death(frame):
    ours, theirs = socket.socketpair()
    child = ServerChild.__new__(ServerChild)
    child._border, child._awake = server_child.Border(ours), server_child.AwakeClock()
    child._heard_s, child.warnings = 0.0, []
    with theirs:
        theirs.sendall(encoded(frame))
        with pytest.raises(BorderClosed, match="no frame of a server"):
            child.hear(1.0)
    ours.close()
