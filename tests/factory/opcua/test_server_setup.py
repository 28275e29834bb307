"""What a server is told arrives as it was meant, without the password."""

from __future__ import annotations

from pathlib import Path

from linewalker.factory.handshake.signals import LineImage, LineMode
from linewalker.factory.opcua.border import LENGTH, decoded, encoded
from linewalker.factory.opcua.certificates import ApplicationCertificate
from linewalker.factory.opcua.credentials import PasswordCheck
from linewalker.factory.opcua.identities import Identity, Role
from linewalker.factory.opcua.server_setup import ServerSetup
from tests.factory.wires import CREDENTIALS


def test_it_crosses_the_border_and_the_password_does_not() -> None:
    setup = ServerSetup(
        endpoint="opc.tcp://127.0.0.1:4840/linewalker",
        pair=ApplicationCertificate(certificate=Path("/pki/a.der"), private_key=Path("/pki/a.pem")),
        pki=Path("/pki"),
        identities=(Identity(name="line", role=Role.LINE, check=PasswordCheck.for_password_of(CREDENTIALS)),),
        audit=Path("/out/audit.jsonl"),
        life_timeout_s=5.0,
        line=LineImage(mode=LineMode.AUTOMATIC, vin="LSVAA49J132047371", life_counter=7),
    )
    crossing = encoded(setup.frame)
    assert b"a password for tests" not in crossing
    got = ServerSetup.of(decoded(crossing[LENGTH.size :]))
    assert (got.endpoint, got.pair, got.line, got.life_timeout_s) == (setup.endpoint, setup.pair, setup.line, 5.0)
    assert (got.pki, got.audit, got.insecure) == (setup.pki, setup.audit, False)
    [line] = got.identities
    assert (line.name, line.role) == ("line", Role.LINE)
    assert line.check.accepts("line", "a password for tests")
    assert not line.check.accepts("line", "another password")
