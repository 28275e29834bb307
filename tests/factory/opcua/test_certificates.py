"""Certificates are made once, kept private, and made anew when they do not fit."""

from __future__ import annotations

import concurrent.futures
import stat

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from linewalker.errors import InputError
from linewalker.factory.opcua.certificates import STATION_URI, default_folder, ensure_certificate


def test_a_certificate_is_made_once_and_the_key_is_private(pki):
    pair = ensure_certificate("station", STATION_URI, pki)
    before = pair.certificate.read_bytes()
    assert ensure_certificate("station", STATION_URI, pki).certificate.read_bytes() == before
    assert stat.S_IMODE(pair.private_key.stat().st_mode) == 0o600
    names = x509.load_der_x509_certificate(before).extensions.get_extension_for_class(x509.SubjectAlternativeName)
    assert names.value.get_values_for_type(x509.UniformResourceIdentifier) == [STATION_URI]


def test_programs_that_start_together_share_one_certificate(tmp_path):
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        pairs = list(pool.map(lambda _: ensure_certificate("station", STATION_URI, tmp_path), range(4)))
    assert len({pair.certificate.read_bytes() for pair in pairs}) == 1
    key = load_pem_private_key(pairs[0].private_key.read_bytes(), password=None)
    certificate = x509.load_der_x509_certificate(pairs[0].certificate.read_bytes())
    assert key.public_key() == certificate.public_key()


def test_a_certificate_of_another_application_is_made_anew(pki, tmp_path):
    for name in ("station.der", "station.pem"):
        (tmp_path / name).write_bytes((pki / name).read_bytes())
    pair = ensure_certificate("station", "urn:something:else", tmp_path)
    assert pair.certificate.read_bytes() != (pki / "station.der").read_bytes()


def test_files_that_are_no_certificates_are_named(tmp_path):
    (tmp_path / "station.der").write_text("no certificate")
    (tmp_path / "station.pem").write_text("no key")
    with pytest.raises(InputError, match="remove both files"):
        ensure_certificate("station", STATION_URI, tmp_path)


def test_a_folder_that_can_not_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="LINEWALKER_PKI"):
        ensure_certificate("station", STATION_URI, tmp_path / "file" / "pki")


def test_the_environment_names_the_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("LINEWALKER_PKI", str(tmp_path))
    assert default_folder() == tmp_path
