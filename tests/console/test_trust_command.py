"""``linewalker trust``: what it says is what the station reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from linewalker.cli import app
from linewalker.errors import InputError
from linewalker.factory.opcua.certificate_check import fingerprint
from linewalker.factory.opcua.certificates import FOLDER_VARIABLE
from linewalker.factory.opcua.identities import Role, read_identities
from linewalker.factory.opcua.trust import TrustFolder
from tests.factory.opcua.certificate_maker import certificate_of, rsa_key


@pytest.fixture(scope="module")
def certificate():
    return certificate_of(rsa_key(), name="PLC 7")


@pytest.fixture
def pki(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "pki"))
    return tmp_path / "pki"


def run(*words: str) -> str:
    done = CliRunner().invoke(app, ["trust", *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_certificate_is_added_with_a_role_listed_and_rejected_with_it(pki, certificate, tmp_path):
    (tmp_path / "plc.der").write_bytes(certificate)
    assert "no certificate is trusted yet" in run("ls")
    run("add", str(tmp_path / "plc.der"), "--name", "cell 7", "--role", "line")
    listed = run("ls")
    assert fingerprint(certificate)[:16] in listed
    assert "PLC 7" in listed
    assert "cell 7" in listed
    assert TrustFolder(pki).trusts(certificate)
    [cell] = read_identities(pki)
    assert (cell.role, cell.certificate) == (Role.LINE, fingerprint(certificate))
    run("reject", fingerprint(certificate)[:10])
    assert read_identities(pki) == []
    assert TrustFolder(pki).certificates("trusted") == []


def test_a_user_is_kept_changed_and_removed(pki, tmp_path):
    file = tmp_path / "password"
    file.write_text("a long password\n")
    file.chmod(0o600)
    run("user", "maria", "--password-file", str(file))
    run("user", "maria", "--role", "engineer", "--password-file", str(file))
    [maria] = read_identities(pki)
    assert maria.role is Role.ENGINEER
    assert maria.check.accepts("maria", "a long password")
    with pytest.raises(InputError, match="there are: maria"):
        run("user", "nobody", "--remove")
    run("user", "maria", "--remove")
    assert read_identities(pki) == []
