"""Drives a Linewalker station with nothing but a Modbus TCP client and docs/line-interface.md, as a PLC would.

It imports nothing of Linewalker: use it as a pattern for your own line. Start a station with --wire modbus, then:

    python examples/plc_modbus_client.py LSVAA49J132047371 sedan "paint=red;wheels=sport;badge=rs"
"""

from __future__ import annotations

import argparse
import struct
import time
from urllib.parse import urlsplit

from pymodbus.client import ModbusTcpClient

VERDICTS = {1: "OK", 2: "NOK", 3: "NOT_DECIDABLE"}
IN_BYTES, OPTIONS = 360, 104  # from byte 104 on, In has the options, from 360 on what we do not need
VEHICLE_IN_PLACE, START_INSPECT, ACK_RESULT = 0x01, 0x02, 0x04  # of byte 5 of In
READY, DONE = 0x01, 0x04  # of byte 4 of Out
MOST_REGISTERS = 123  # of one request that writes


def string(text: str, most_bytes: int) -> bytes:
    """A STRING as an S7 has it."""
    content = text.encode()[:most_bytes]
    return bytes([most_bytes, len(content)]) + content


class Station:
    """The byte image of one station. Every scan writes In, with a living counter, and reads Out."""

    def __init__(self, client: ModbusTcpClient):
        self._client = client
        self._in = bytearray(IN_BYTES)
        self._in[4] = 1  # Mode: automatic
        self.out = bytes(250)

    def order(self, vin: str, model: str, options: str, sequence: int) -> None:
        """What the job is about; the options need requests of their own, so they come before any bit."""
        struct.pack_into(">I", self._in, 8, sequence)
        for byte, text in ((18, string(vin, 17)), (38, string(model, 64)), (OPTIONS, string(options, 254))):
            self._in[byte : byte + len(text)] = text
        self._write(OPTIONS, IN_BYTES)

    def say(self, bits: int, *, permits: bool) -> None:
        """The bits that make the station act, and whether the robot may be in the zones."""
        self._in[5] = bits
        self._in[6:8] = b"\xff\xff" if permits else b"\x00\x00"
        self.scan()

    def scan(self) -> None:
        """All that decides goes in one request and comes in one: it is of one moment."""
        [life] = struct.unpack_from(">I", self._in)
        struct.pack_into(">I", self._in, 0, (life + 1) % 2**32)
        self._write(0, OPTIONS)
        self.out = self._read(0, 250)
        time.sleep(0.1)

    def wait_for(self, bit: int, *, high: bool = True) -> None:
        """Until a bit of the station is as it should be. A fault ends the wait."""
        while bool(self.out[4] & bit) is not high:
            self.scan()
            [fault] = struct.unpack_from(">H", self.out, 10)
            if fault:
                raise RuntimeError(f"fault {fault}: {self.text(554)}")

    def text(self, byte: int) -> str:
        """A text of Out."""
        stored = self._read(byte, 256)
        return stored[2 : 2 + stored[1]].decode(errors="replace")

    def _write(self, first: int, end: int) -> None:
        registers = [value for (value,) in struct.iter_unpack(">H", self._in[first:end])]
        for i in range(0, len(registers), MOST_REGISTERS):
            answer = self._client.write_registers(first // 2 + i, registers[i : i + MOST_REGISTERS])
            if answer.isError():
                raise RuntimeError(f"the station refuses to be written: {answer}")

    def _read(self, first: int, count: int) -> bytes:
        data = b""
        while len(data) < count:
            part = min(count - len(data), 250)
            answer = self._client.read_input_registers((first + len(data)) // 2, count=part // 2)
            if answer.isError():
                raise RuntimeError(f"the station refuses to be read: {answer}")
            data += struct.pack(f">{part // 2}H", *answer.registers)
        return data


def inspect(station: Station, vin: str, model: str, options: str, sequence: int) -> str:
    """One car, the four phases of the handshake."""
    station.say(0, permits=False)  # every acting bit starts low
    station.wait_for(READY)

    # 1. The car stands there: say which one, and let the robot in. Only then start.
    station.order(vin, model, options, sequence)
    station.say(VEHICLE_IN_PLACE, permits=True)
    station.say(VEHICLE_IN_PLACE | START_INSPECT, permits=True)

    # 2. The robot works until Done.
    station.wait_for(DONE)

    # 3. A result counts only with the VIN and the sequence of this car.
    [echoed] = struct.unpack_from(">I", station.out, 12)
    if (station.out[22 : 22 + station.out[21]].decode(), echoed) != (vin, sequence):
        raise RuntimeError("the station answers for another car")
    verdict, reason = VERDICTS[station.out[5]], station.text(298)
    counts = "{} OK, {} NOK, {} not decidable".format(*struct.unpack_from(">3H", station.out, 40))
    station.say(VEHICLE_IN_PLACE | ACK_RESULT, permits=True)
    station.wait_for(DONE, high=False)

    # 4. Everything low again; the car may go.
    station.say(0, permits=False)
    return f"{vin}: {verdict}" + (f" ({reason})" if reason else "") + f"; {counts}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Bring one car through a Linewalker station.")
    parser.add_argument("vin")
    parser.add_argument("model")
    parser.add_argument("options", nargs="?", default="")
    parser.add_argument("--sequence", type=int, default=1, help="a new number for each inspection")
    parser.add_argument("--endpoint", default="modbus.tcp://127.0.0.1:1502")
    arguments = parser.parse_args()
    place = urlsplit(arguments.endpoint)
    with ModbusTcpClient(place.hostname, port=place.port) as plc:
        print(inspect(Station(plc), arguments.vin, arguments.model, arguments.options, arguments.sequence))
