"""Whether a client's certificate is one to talk to (OPC 10000-4, 6.1.3); the answers are names of status codes."""

from __future__ import annotations

import datetime
import hashlib

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

LEAST_KEY_BITS, MOST_KEY_BITS = 2048, 4096
"""Of RSA, as the security policies that are served say."""
_WEAK_DIGESTS = ("md5", "sha1")


def fingerprint(certificate: bytes) -> str:
    """SHA-256 of a certificate (DER), in hex: what ``openssl x509 -fingerprint -sha256`` shows, without colons."""
    return hashlib.sha256(certificate).hexdigest()


def certificate_problem(certificate: bytes, application_uri: str | None, now: datetime.datetime) -> str:
    """The name of the status code that refuses a certificate; empty if it will do. Whom to trust is another question.

    Args:
        certificate: DER.
        application_uri: what the client calls itself; None: it has not said.
        now: with its time zone.
    """
    try:
        read = x509.load_der_x509_certificate(certificate)
        key, digest = read.public_key(), read.signature_hash_algorithm
    except (ValueError, TypeError, x509.InvalidVersion):
        return "BadCertificateInvalid"
    if not read.not_valid_before_utc <= now < read.not_valid_after_utc:
        return "BadCertificateTimeInvalid"
    if not isinstance(key, RSAPublicKey) or not LEAST_KEY_BITS <= key.key_size <= MOST_KEY_BITS:
        return "BadCertificatePolicyCheckFailed"
    if digest is None or digest.name in _WEAK_DIGESTS:
        return "BadCertificatePolicyCheckFailed"
    if application_uri is not None and application_uri not in _uris(read):
        return "BadCertificateUriInvalid"
    return ""


def _uris(certificate: x509.Certificate) -> list[str]:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return []
    return list(names.get_values_for_type(x509.UniformResourceIdentifier))
