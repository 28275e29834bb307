"""Of the S7 client: the whole image in one call, and a quiet end."""

from __future__ import annotations

import pytest

from linewalker.factory.fieldbus.layout import size_of
from linewalker.factory.fieldbus.s7_link import S7Link
from linewalker.factory.fieldbus.s7_server import S7Server
from linewalker.factory.handshake.signals import LineImage, StationImage
from linewalker.factory.handshake.station_port import StationPort


def test_the_whole_image_goes_both_ways():
    with S7Server(StationPort(), endpoint="s7://127.0.0.1:0") as server:
        link = S7Link(server.endpoint)
        link.dial()
        link.write_in(0, bytes(size_of(LineImage)))
        assert len(link.read_out(0, size_of(StationImage))) == size_of(StationImage)
        link.hang_up()


def test_nobody_there_is_a_broken_connection_and_one_that_was_never_opened_is_shut_in_peace():
    link = S7Link("s7://127.0.0.1:9")
    with pytest.raises(link.broken):
        link.dial()
    link.hang_up()
