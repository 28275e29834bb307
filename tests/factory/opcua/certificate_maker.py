"""Certificates of all kinds, in memory."""

from __future__ import annotations

import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

URI = "urn:example:plc"
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


def certificate_of(
    key: Key, *, uri: str | None = URI, begins_days: float = -1.0, ends_days: float = 30.0, name: str = "PLC"
) -> bytes:
    """DER, signed by itself; valid from and to so many days from now."""
    now = datetime.datetime.now(datetime.UTC)
    title = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(title)
        .issuer_name(title)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + datetime.timedelta(days=begins_days))
        .not_valid_after(now + datetime.timedelta(days=ends_days))
    )
    if uri is not None:
        names = x509.SubjectAlternativeName([x509.UniformResourceIdentifier(uri), x509.DNSName("localhost")])
        builder = builder.add_extension(names, critical=False)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def write_pair(folder: Path, name: str, key: Key, certificate: bytes) -> tuple[Path, Path]:
    """As files: certificate and key."""
    folder.mkdir(parents=True, exist_ok=True)
    pair = folder / f"{name}.der", folder / f"{name}.pem"
    pair[0].write_bytes(certificate)
    pair[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return pair
