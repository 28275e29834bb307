"""Certificates made once for all tests: RSA keys are slow."""

from __future__ import annotations

from pathlib import Path

import pytest

from linewalker.factory.opcua.certificates import LINE_URI, STATION_URI, ensure_certificate
from linewalker.factory.opcua.credentials import Credentials

CREDENTIALS = Credentials(user="line", password="a password for tests")
ANY_PORT = "opc.tcp://127.0.0.1:0/linewalker"


@pytest.fixture(scope="session")
def pki(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("pki")
    ensure_certificate("station", STATION_URI, folder)
    ensure_certificate("line", LINE_URI, folder)
    return folder
