"""Application certificates: OPC UA encrypts with them, so each side has one, made by itself at its first start.

They live in ``~/.config/linewalker/pki`` (``LINEWALKER_PKI`` names another folder); the private key is readable by its
owner only. Whoever wants the line to talk to one certain station pins the station's certificate file.
"""

from __future__ import annotations

import datetime
import fcntl
import ipaddress
import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID

from linewalker.errors import InputError
from linewalker.wholefile import replace_file

FOLDER_VARIABLE = "LINEWALKER_PKI"
STATION_URI, LINE_URI = "urn:linewalker:station", "urn:linewalker:line"

_VALID_DAYS = 3650
_WARN_BEFORE = datetime.timedelta(days=30)
_LOG = logging.getLogger(__name__)


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
    """The certificate of an application, made now if there is none.

    One that is there is never replaced: whoever has pinned it would meet a stranger.

    Args:
        name: file name without suffix: ``station`` or ``line``.
        uri: the application URI, which the certificate carries.
        folder: default `default_folder`.

    Raises:
        InputError: the folder can not be written, the files in it are not what they should be, or the certificate has
            run out or is not valid yet by this machine's clock.
    """
    folder = folder or default_folder()
    pair = ApplicationCertificate(certificate=folder / f"{name}.der", private_key=folder / f"{name}.pem")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone_in(folder):
            if not pair.certificate.exists():
                _make(pair, name, uri)
        problem = _problem(pair, uri)
    except OSError as error:
        raise InputError(
            f"no certificate can be kept here: {error.strerror}; set {FOLDER_VARIABLE} to a folder you may write",
            file=folder,
        ) from None
    except (ValueError, TypeError, x509.ExtensionNotFound) as error:
        problem = f"not a certificate and its key ({error})"
    if problem:
        raise InputError(
            f"{problem}; to get another certificate remove {pair.certificate.name} and {pair.private_key.name}, and "
            "give it to all who trust this one",
            file=pair.certificate,
        )
    return pair


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Two programs that start together must not mix the key of one with the certificate of the other."""
    with (folder / ".lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _problem(pair: ApplicationCertificate, uri: str) -> str:
    """Why a certificate and its key can not be used; empty if they can."""
    if not pair.private_key.is_file():
        return f"its private key {pair.private_key.name} is missing"
    certificate = x509.load_der_x509_certificate(pair.certificate.read_bytes())
    key = load_pem_private_key(pair.private_key.read_bytes(), password=None)
    now, ends = datetime.datetime.now(datetime.UTC), certificate.not_valid_after_utc
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    if key.public_key() != certificate.public_key():
        return f"{pair.private_key.name} is the key of another certificate"
    if uri not in names.get_values_for_type(x509.UniformResourceIdentifier):
        return f"it is not that of {uri}"
    if not certificate.not_valid_before_utc <= now < ends:
        return (
            f"it is valid from {certificate.not_valid_before_utc:%Y-%m-%d} to {ends:%Y-%m-%d}, and this machine's "
            f"clock says {now:%Y-%m-%d}; set the clock if it is wrong"
        )
    if now + _WARN_BEFORE > ends:
        _LOG.warning("linewalker: the certificate %s runs out on %s", pair.certificate, f"{ends:%Y-%m-%d}")
    return ""


def _make(pair: ApplicationCertificate, name: str, uri: str) -> None:
    # here, because whoever has a certificate already can do without asyncua and the 35 MB it takes
    from asyncua.crypto.cert_gen import (
        dump_private_key_as_pem,
        generate_private_key,
        generate_self_signed_app_certificate,
    )

    key = generate_private_key()
    host = socket.gethostname()
    names: list[x509.GeneralName] = [x509.UniformResourceIdentifier(uri), x509.DNSName(host), x509.DNSName("localhost")]
    names += [x509.IPAddress(address) for address in _addresses(host)]
    certificate = generate_self_signed_app_certificate(
        key,
        f"Linewalker {name}",
        {"organizationName": "Linewalker"},
        names,
        [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH],
        days=_VALID_DAYS,
    )
    for path, content in (
        (pair.private_key, dump_private_key_as_pem(key)),
        (pair.certificate, certificate.public_bytes(Encoding.DER)),
    ):
        replace_file(path, content, mode=0o600)


def _addresses(host: str) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    """Of this machine, itself first."""
    found = {"127.0.0.1": None, "::1": None}
    with suppress(OSError):  # a machine whose name nobody knows
        found |= dict.fromkeys(str(entry[4][0]).split("%")[0] for entry in socket.getaddrinfo(host, None))
    return [ipaddress.ip_address(address) for address in found]
