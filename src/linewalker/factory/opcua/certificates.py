"""Application certificates: OPC UA encrypts with them, so each side has one, made by itself at its first start.

They live in ``~/.config/linewalker/pki`` (``LINEWALKER_PKI`` names another folder); the private key is readable by its
owner only. Whoever wants the line to talk to one certain station pins the station's certificate file.
"""

from __future__ import annotations

import datetime
import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from asyncua.crypto.cert_gen import (
    dump_private_key_as_pem,
    generate_private_key,
    generate_self_signed_app_certificate,
)
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID

from linewalker.errors import InputError
from linewalker.wholefile import replace_file

FOLDER_VARIABLE = "LINEWALKER_PKI"
STATION_URI, LINE_URI = "urn:linewalker:station", "urn:linewalker:line"

_VALID_DAYS = 3650
_RENEW_BEFORE = datetime.timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class ApplicationCertificate:
    """Where a certificate (DER) and its private key (PEM) are."""

    certificate: Path
    private_key: Path


def default_folder() -> Path:
    """Where certificates live on this machine."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named) if named else Path.home() / ".config" / "linewalker" / "pki"


def ensure_certificate(name: str, uri: str, folder: Path | None = None) -> ApplicationCertificate:
    """The certificate of an application, made now if there is none or if it runs out within a month.

    Args:
        name: file name without suffix: ``station`` or ``line``.
        uri: the application URI, which the certificate carries.
        folder: default `default_folder`.

    Raises:
        InputError: the folder can not be written, or the files in it are not what they should be.
    """
    folder = folder or default_folder()
    pair = ApplicationCertificate(certificate=folder / f"{name}.der", private_key=folder / f"{name}.pem")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone_in(folder):
            if not _usable(pair, uri):
                _make(pair, name, uri)
    except OSError as error:
        raise InputError(
            f"no certificate can be kept here: {error.strerror}; set {FOLDER_VARIABLE} to a folder you may write",
            file=folder,
        ) from None
    except (ValueError, TypeError, x509.ExtensionNotFound) as error:
        raise InputError(f"not a certificate and its key ({error}); remove both files", file=pair.certificate) from None
    return pair


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Two programs that start together must not mix the key of one with the certificate of the other."""
    with (folder / ".lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _usable(pair: ApplicationCertificate, uri: str) -> bool:
    if not (pair.certificate.is_file() and pair.private_key.is_file()):
        return False
    certificate = x509.load_der_x509_certificate(pair.certificate.read_bytes())
    key = load_pem_private_key(pair.private_key.read_bytes(), password=None)
    now = datetime.datetime.now(datetime.UTC)
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return (
        now + _RENEW_BEFORE < certificate.not_valid_after_utc
        and uri in names.get_values_for_type(x509.UniformResourceIdentifier)
        and key.public_key() == certificate.public_key()
    )


def _make(pair: ApplicationCertificate, name: str, uri: str) -> None:
    key = generate_private_key()
    host = socket.gethostname()
    certificate = generate_self_signed_app_certificate(
        key,
        f"Linewalker {name}",
        {"organizationName": "Linewalker"},
        [x509.UniformResourceIdentifier(uri), x509.DNSName(host), x509.DNSName("localhost")],
        [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH],
        days=_VALID_DAYS,
    )
    for path, content in (
        (pair.private_key, dump_private_key_as_pem(key)),
        (pair.certificate, certificate.public_bytes(Encoding.DER)),
    ):
        replace_file(path, content, mode=0o600)
