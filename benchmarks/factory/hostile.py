"""``python -m benchmarks.factory.hostile``: every bad line at our own station, over OPC UA, without physics.

Handshake, port, server and its process are the real ones; the robot works a car off in no time. In true physics
``make soak`` plays the same.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.factory.fake_program import FakeProgram
from tests.factory.hostile.crew import Crew

from benchmarks.factory.load import CREDENTIALS
from benchmarks.table import Row, Sheet, one
from linewalker.console.streams import steady_output
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.hostile.kit import ALL, Kit, chosen, numbered
from linewalker.factory.hostile.scenario import Ending
from linewalker.factory.opcua.endpoint import ANY_PORT
from linewalker.factory.opcua.link import StationLink
from linewalker.factory.opcua.station_server import StationServer
from linewalker.factory.orders.build_orders import read_shift

SHIFT = Path(__file__).parents[2] / "examples" / "shift.csv"
JOB_S = 5.0


def rows(pki: Path, seed: int) -> Iterator[Row]:
    """One for each scenario, as soon as it is over."""
    port = StationPort()
    with (
        StationServer(port, credentials=CREDENTIALS, endpoint=ANY_PORT, pki=pki) as server,
        FakeProgram(port, Crew(JOB_S)),
    ):
        kit = Kit(
            endpoint=server.endpoint,
            connect=lambda: StationLink(endpoint=server.endpoint, credentials=CREDENTIALS, pki=pki),
            orders=numbered(read_shift(SHIFT), 1),
            seed=seed,
        )
        for scenario in chosen([ALL]):
            (found,) = kit.play([scenario])
            broken = found.ending is Ending.BROKEN
            note = f"({found.ending.value}, {found.took_s:.0f} s{': ' + found.seen if broken else ''})"
            yield one(scenario.name, int(broken), "broken", must=0, digits=0, note=note)


def main() -> None:
    """Play and say."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.factory.hostile", description=__doc__)
    parser.add_argument("--seed", type=int, default=0, help="of what is left to chance")
    given = parser.parse_args()
    sheet = Sheet()
    with tempfile.TemporaryDirectory() as folder:
        sheet.show("Bad lines", rows(Path(folder), given.seed), "python -m benchmarks.factory.hostile")
    sheet.close()


if __name__ == "__main__":
    with steady_output():
        main()
