"""Certificates are made once, kept private, and never replaced."""

from __future__ import annotations

import concurrent.futures
import datetime
import ipaddress
import stat
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from linewalker.errors import InputError
from linewalker.factory.opcua import certificates
from linewalker.factory.opcua.certificates import LINE_URI, STATION_URI, default_folder, ensure_certificate


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


def copied(pki: Path, folder: Path) -> Path:
    """A folder with the station's certificate and key."""
    for name in ("station.der", "station.pem"):
        (folder / name).write_bytes((pki / name).read_bytes())
    return folder


def test_a_certificate_names_the_addresses_of_its_machine(pki):
    certificate = x509.load_der_x509_certificate(
        ensure_certificate("station", STATION_URI, pki).certificate.read_bytes()
    )
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    addresses = names.get_values_for_type(x509.IPAddress)
    assert {ipaddress.ip_address("127.0.0.1"), ipaddress.ip_address("::1")} <= set(addresses)


@pytest.mark.parametrize("years", [-11, 19])
def test_a_clock_that_is_wrong_makes_no_new_identity(pki, tmp_path, monkeypatch, years):
    class Clock(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return super().now(tz) + datetime.timedelta(days=365 * years)

    copied(pki, tmp_path)
    monkeypatch.setattr(certificates.datetime, "datetime", Clock)
    with pytest.raises(InputError, match=r"clock says .* set the clock if it is wrong; to get another"):
        ensure_certificate("station", STATION_URI, tmp_path)
    assert (tmp_path / "station.der").read_bytes() == (pki / "station.der").read_bytes()


def test_what_does_not_belong_together_is_named_and_kept(pki, tmp_path):
    copied(pki, tmp_path)
    with pytest.raises(InputError, match="it is not that of urn:something:else"):
        ensure_certificate("station", "urn:something:else", tmp_path)
    ensure_certificate("line", LINE_URI, tmp_path)
    (tmp_path / "station.pem").write_bytes((tmp_path / "line.pem").read_bytes())
    with pytest.raises(InputError, match=r"station\.pem is the key of another certificate"):
        ensure_certificate("station", STATION_URI, tmp_path)
    (tmp_path / "station.pem").unlink()
    with pytest.raises(InputError, match=r"its private key station\.pem is missing"):
        ensure_certificate("station", STATION_URI, tmp_path)
    assert (tmp_path / "station.der").read_bytes() == (pki / "station.der").read_bytes()


def test_a_key_that_was_made_before_a_crash_is_in_nobodys_way(tmp_path):
    (tmp_path / "station.pem").write_text("half")
    assert ensure_certificate("station", STATION_URI, tmp_path).certificate.is_file()


def test_files_that_are_no_certificates_are_named(tmp_path):
    (tmp_path / "station.der").write_text("no certificate")
    (tmp_path / "station.pem").write_text("no key")
    with pytest.raises(InputError, match=r"remove station\.der and station\.pem"):
        ensure_certificate("station", STATION_URI, tmp_path)


def test_a_folder_that_can_not_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="LINEWALKER_PKI"):
        ensure_certificate("station", STATION_URI, tmp_path / "file" / "pki")


def test_the_environment_names_the_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("LINEWALKER_PKI", str(tmp_path))
    assert default_folder() == tmp_path
