"""Trust: nobody is asked while nobody is trusted; then only who is, and others lie where a person finds them."""

from __future__ import annotations

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from linewalker.errors import InputError
from linewalker.factory.opcua.certificate_check import fingerprint
from linewalker.factory.opcua.trust import MOST_REJECTED, TrustFolder
from tests.factory.opcua.certificate_maker import certificate_of, rsa_key


@pytest.fixture(scope="module")
def certificates():
    key = rsa_key()
    return [certificate_of(key, name=f"client {k}") for k in range(3)]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "pki").mkdir()
    return TrustFolder(tmp_path / "pki")


def test_from_the_first_one_on_only_those_who_are_trusted(folder, certificates, tmp_path):
    assert all(folder.trusts(one) for one in certificates)
    (tmp_path / "plc.der").write_bytes(certificates[0])
    folder.add(str(tmp_path / "plc.der"))
    assert [folder.trusts(one) for one in certificates] == [True, False, False]


def test_the_line_of_the_same_folder_is_always_trusted(folder, certificates, tmp_path):
    (folder.folder / "line.der").write_bytes(certificates[1])
    (tmp_path / "plc.der").write_bytes(certificates[0])
    folder.add(str(tmp_path / "plc.der"))
    assert [folder.trusts(one) for one in certificates] == [True, True, False]


def test_a_stranger_is_kept_and_taken_over_by_its_fingerprint_and_sent_back(folder, certificates):
    stranger = certificates[2]
    folder.note_rejected(stranger)
    folder.note_rejected(stranger)
    [kept] = folder.certificates("rejected")
    digits = ":".join(fingerprint(stranger).upper()[k : k + 2] for k in range(0, 8, 2))
    assert folder.add(digits).content == kept.content == stranger
    assert folder.certificates("rejected") == []
    assert folder.trusts(stranger)
    folder.reject(fingerprint(stranger)[:8])
    assert folder.certificates("trusted") == []
    assert [one.content for one in folder.certificates("rejected")] == [stranger]


def test_pem_is_taken_too(folder, certificates, tmp_path):
    pem = x509.load_der_x509_certificate(certificates[0]).public_bytes(Encoding.PEM)
    (tmp_path / "plc.pem").write_bytes(pem)
    assert folder.add(str(tmp_path / "plc.pem")).content == certificates[0]


def test_strangers_do_not_fill_the_disk(folder):
    for k in range(MOST_REJECTED + 20):
        folder.note_rejected(b"certificate %d" % k)
    assert len(folder.certificates("rejected")) == MOST_REJECTED


@pytest.mark.parametrize("named", ["abc", "ffffffff", "no/such/file.der"])
def test_what_is_not_there_is_named_with_what_is(folder, certificates, named):
    folder.note_rejected(certificates[0])
    with pytest.raises(InputError, match=fingerprint(certificates[0])[:12]):
        folder.add(named)


def test_a_file_that_is_no_certificate_is_named(folder, tmp_path):
    (tmp_path / "x.der").write_bytes(b"nonsense")
    with pytest.raises(InputError, match="no certificate"):
        folder.add(str(tmp_path / "x.der"))
