"""Certificates made once for all tests (RSA keys are slow), and stations on every wire."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.opcua.certificates import LINE_URI, STATION_URI, ensure_certificate
from tests.factory.wires import NAMES, Wire, wired


@pytest.fixture(scope="session")
def pki(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("pki")
    ensure_certificate("station", STATION_URI, folder)
    ensure_certificate("line", LINE_URI, folder)
    return folder


@pytest.fixture(scope="module", params=NAMES)
def wire(request: pytest.FixtureRequest, pki: Path) -> Iterator[Wire]:
    """A station for all tests of a module that leave it ready for the next car; once over each wire."""
    with wired(request.param, StationPort(), pki) as wire:
        yield wire
