"""A certificate is refused with the status code that says what is wrong with it."""

from __future__ import annotations

import datetime

import pytest
from asyncua import ua
from cryptography.hazmat.primitives.asymmetric import ec

from linewalker.factory.opcua.certificate_check import certificate_problem, fingerprint
from tests.factory.opcua.certificate_maker import URI, certificate_of, rsa_key

NOW = datetime.datetime.now(datetime.UTC)


@pytest.fixture(scope="module")
def key():
    return rsa_key()


def test_a_good_one_is_good_whoever_says_its_name(key):
    good = certificate_of(key)
    assert certificate_problem(good, URI, NOW) == ""
    assert certificate_problem(good, None, NOW) == ""
    assert len(fingerprint(good)) == 64
    assert fingerprint(good) != fingerprint(certificate_of(key))


@pytest.mark.parametrize(
    ("made", "code"),
    [
        ({"ends_days": -0.5}, "BadCertificateTimeInvalid"),
        ({"begins_days": 1.0}, "BadCertificateTimeInvalid"),
        ({"uri": "urn:somebody:else"}, "BadCertificateUriInvalid"),
        ({"uri": None}, "BadCertificateUriInvalid"),
    ],
)
def test_what_is_wrong_has_a_name(key, made, code):
    assert certificate_problem(certificate_of(key, **made), URI, NOW) == code
    assert hasattr(ua.StatusCodes, code)


def test_short_keys_and_other_kinds_are_refused():
    for key in (rsa_key(1024), ec.generate_private_key(ec.SECP256R1())):
        assert certificate_problem(certificate_of(key), URI, NOW) == "BadCertificatePolicyCheckFailed"


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\x30\x82\x00\x01"])
def test_what_is_no_certificate_is_invalid(content):
    assert certificate_problem(content, URI, NOW) == "BadCertificateInvalid"
