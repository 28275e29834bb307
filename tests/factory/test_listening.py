"""Where a station listens: what is an address, and what is said when nobody can listen there."""

from __future__ import annotations

import socket

import pytest

from linewalker.errors import InputError
from linewalker.factory.listening import host_and_port, listen_at, with_port

EXAMPLE = "s7://127.0.0.1:1102"


@pytest.mark.parametrize(
    "wrong", ["", "127.0.0.1:102", "opc.tcp://127.0.0.1:102", "s7://h", "s7://h:99999", "s7://[h:1"]
)
def test_what_is_no_endpoint_is_answered_with_one(wrong):
    with pytest.raises(InputError, match=f"is not an endpoint; write {EXAMPLE}"):
        host_and_port(wrong, EXAMPLE)


def test_host_and_port_come_out_as_they_went_in():
    assert host_and_port("s7://[::1]:102", EXAMPLE) == ("::1", 102)


def test_a_port_in_use_is_bad_input_that_names_another():
    with listen_at("s7://127.0.0.1:0", "127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(InputError, match=rf"is in use.*--endpoint s7://127.0.0.1:{port + 1}"):
            listen_at(f"s7://127.0.0.1:{port}", "127.0.0.1", port)


def test_an_address_of_another_machine_is_bad_input():
    with pytest.raises(InputError, match="no address of this machine"):
        listen_at("s7://192.0.2.1:1102", "192.0.2.1", 1102)


def test_whoever_calls_is_answered():
    with listen_at("s7://127.0.0.1:0", "127.0.0.1", 0) as listener:
        socket.create_connection(listener.getsockname()).close()


@pytest.mark.parametrize(
    ("url", "moved"),
    [
        ("opc.tcp://127.0.0.1:0/linewalker", "opc.tcp://127.0.0.1:7/linewalker"),
        ("opc.tcp://[fe80::0]:0/linewalker", "opc.tcp://[fe80::0]:7/linewalker"),
    ],
)
def test_a_port_is_put_where_the_port_stands(url, moved):
    assert with_port(url, 7) == moved
