"""Endpoints: what is one, what is not, and that naming one costs no OPC UA library."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.errors import InputError
from linewalker.factory.opcua.endpoint import ANY_PORT, DEFAULT_ENDPOINT, DEFAULT_PORT, check_endpoint


@given(port=st.integers(0, 2**16 - 1), host=st.from_regex(r"[a-z][a-z0-9.-]{0,20}[a-z]", fullmatch=True))
def test_host_and_port_come_out_as_they_went_in(host, port):
    assert check_endpoint(f"opc.tcp://{host}:{port}/linewalker") == (host, port)


def test_an_address_of_six_groups_is_one():
    assert check_endpoint("opc.tcp://[::1]:4840/linewalker") == ("::1", 4840)


@pytest.mark.parametrize(
    "wrong",
    ["", "127.0.0.1:4840", "http://127.0.0.1:4840", "opc.tcp://127.0.0.1", "opc.tcp://h:99999", "opc.tcp://:1", "opc.tcp://[h:1"],
)  # fmt: skip
def test_what_is_none_is_answered_with_one(wrong):
    with pytest.raises(InputError, match="is not an endpoint; write opc") as error:
        check_endpoint(wrong)
    assert error.value.key == "endpoint"


def test_ours_are_endpoints_of_this_machine():
    assert check_endpoint(DEFAULT_ENDPOINT) == ("127.0.0.1", DEFAULT_PORT)
    assert check_endpoint(ANY_PORT) == ("127.0.0.1", 0)


def test_a_command_line_names_one_without_loading_what_serves_it():
    program = "import sys, linewalker.cli; print('asyncua' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "False\n"
