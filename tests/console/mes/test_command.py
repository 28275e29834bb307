"""``linewalker mes`` serves over HTTP, takes lists out of a folder, and says what makes no sense."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from linewalker.console.mes.command import TOKEN_VARIABLE, MesOptions, _alone, serve_mes
from linewalker.errors import InputError
from linewalker.factory.orders.order_book import OrderBook

VIN = "LSVAA49J132047371"
TOKEN = "0123456789abcdef"
_PATIENCE_S = 60.0


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({}, "say where orders come from"),
        ({"http": "8480", "certificate": Path("c.pem")}, "belong together"),
        ({"http": "nowhere"}, "is no address"),
        ({"http": "0.0.0.0:0"}, "reached by other machines"),
    ],
)
def test_options_that_make_no_sense_are_named(tmp_path, options, says, monkeypatch):
    monkeypatch.delenv(TOKEN_VARIABLE, raising=False)
    with pytest.raises(InputError, match=says):
        serve_mes(MesOptions(folder=tmp_path, **options))


def test_one_program_takes_orders_in_for_a_folder(tmp_path):
    with _alone(tmp_path), pytest.raises(InputError, match="another program takes orders in"):
        serve_mes(MesOptions(folder=tmp_path, orders_from=tmp_path))


def test_orders_come_in_both_ways_and_the_program_ends_when_it_is_asked_to(tmp_path):
    inbox, station = tmp_path / "in", tmp_path / "station"
    inbox.mkdir()
    (inbox / "a.csv").write_text(f"sequence,vin,model,options\n1,{VIN},sedan,\n", encoding="utf-8")
    words = [sys.executable, "-m", "linewalker", "mes", str(station), "--http", "127.0.0.1:0", "--orders-from", inbox]
    environment = os.environ | {TOKEN_VARIABLE: TOKEN}
    with subprocess.Popen(words, stdout=subprocess.PIPE, env=environment, encoding="utf-8") as program:
        try:
            lines = []
            while not any("http://127.0.0.1:" in line for line in lines):
                lines.append(program.stdout.readline())
                assert lines[-1], lines
            url = next(word for word in " ".join(lines).split() if word.startswith("http://")).rstrip(";")
            request = urllib.request.Request(f"{url}/orders", headers={"Authorization": f"Bearer {TOKEN}"})
            with urllib.request.urlopen(request, timeout=_PATIENCE_S) as answer:
                assert b"orders" in answer.read()
            book, end_s = OrderBook(station / "orders.sqlite"), time.monotonic() + _PATIENCE_S
            while book.find(VIN) is None:
                assert time.monotonic() < end_s
                time.sleep(0.1)
            assert TOKEN not in "".join(lines)
        finally:
            program.send_signal(signal.SIGTERM)
        assert program.wait(_PATIENCE_S) in (0, 143, -signal.SIGTERM)
