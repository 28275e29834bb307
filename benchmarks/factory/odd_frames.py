"""What `odd` sends: good frames of each protocol with something wrong in most of them."""

from __future__ import annotations

import random
import struct

from asyncua import ua

MOST_FRAMES = 40
"""Of a connection."""


class Odd(random.Random):
    """Odd bytes, numbers and texts."""

    def damaged(self, frame: bytes) -> bytes:
        """A good frame with something wrong, or nothing."""
        data = bytearray(frame)
        for _ in range(self.randrange(4)):
            how, at = self.randrange(3), self.randrange(max(len(data), 1))
            if how == 0 and data:
                data[at] = self.randrange(256)
            elif how == 1:
                del data[at : at + self.randrange(1, 9)]
            else:
                data[at:at] = self.randbytes(self.randrange(1, 9))
        return bytes(data)

    def value(self) -> ua.Variant:
        """Of any type."""
        kinds = ua.VariantType
        return self.choice(
            [
                ua.Variant(self.random() < 0.5, kinds.Boolean),
                ua.Variant(self.randrange(256), kinds.Byte),
                ua.Variant(self.randrange(2**32), kinds.UInt32),
                ua.Variant("x" * self.choice([0, 1, 17, 300, 5000]), kinds.String),
                ua.Variant([True] * self.randrange(20), kinds.Boolean, is_array=True),
                ua.Variant(self.random(), kinds.Float),
                ua.Variant(self.randbytes(self.randrange(40)), kinds.ByteString),
            ]
        )


def opcua_frames(odd: Odd) -> list[bytes]:
    """Of strangers: greetings, channels and messages, damaged."""
    url = b"opc.tcp://127.0.0.1:4840/linewalker"
    hello = b"HELF" + struct.pack("<IIIIII", 32 + len(url), 0, 65535, 65535, 0, 0) + struct.pack("<i", len(url)) + url
    policy = b"http://opcfoundation.org/UA/SecurityPolicy#None"
    body = struct.pack("<I", 0) + struct.pack("<i", len(policy)) + policy + struct.pack("<iiII", -1, -1, 1, 1)
    body += b"\x01\x00\xbe\x01" + odd.randbytes(40)
    opened = b"OPNF" + struct.pack("<I", 8 + len(body)) + body
    message = b"MSGF" + struct.pack("<IIIII", 24 + 30, 1, 1, 2, 2) + odd.randbytes(30)
    return [odd.damaged(hello)] + [odd.damaged(odd.choice([opened, message])) for _ in range(odd.randrange(1, 8))]


def modbus_frames(odd: Odd) -> list[bytes]:
    """Functions, registers and counts of all kinds; among them good writes, for which there is no leave."""

    def frame() -> bytes:
        function, first = odd.randrange(256), odd.randrange(2**16)
        if odd.random() < 0.6:
            function, first = odd.choice([3, 4, 6, 16, 22, 23]), odd.choice([0, 2, 5, 340, 1000, 1405, 65535])
        pdu = struct.pack(">BHH", function, first, odd.choice([0, 1, 2, 123, 125, 126, 2**16 - 1]))
        if function == 16:
            pdu = struct.pack(">BHHB", 16, first, 2, 4) + odd.randbytes(4)
        return struct.pack(">HHHB", odd.randrange(2**16), 0, 1 + len(pdu), odd.randrange(256)) + pdu

    return [odd.damaged(frame()) if odd.random() < 0.5 else frame() for _ in range(odd.randrange(1, MOST_FRAMES))]


def s7_frames(odd: Odd) -> list[bytes]:
    """A connection as it should be, then jobs that are not."""

    def packed(cotp: bytes) -> bytes:
        return struct.pack(">BBH", 3, 0, 4 + len(cotp)) + cotp

    def job(parameters: bytes, data: bytes = b"") -> bytes:
        head = struct.pack(">BBHHHH", 0x32, 1, 0, odd.randrange(2**16), len(parameters), len(data))
        return packed(b"\x02\xf0\x80" + head + parameters + data)

    def item(block: int) -> bytes:
        at = odd.choice([0, 5, 8, 400, 812, 2**16 - 1]) * 8
        size = odd.choice([0, 1, 2, 8, 200, 2**16 - 1])
        return struct.pack(">BBBBHHB", 0x12, 10, 0x10, 2, size, block, 0x84) + at.to_bytes(3, "big")

    def frame() -> bytes:
        block, content = odd.choice([0, 1, 1, 2, 2, 3, 999]), odd.randbytes(odd.choice([1, 2, 8]))
        if odd.random() < 0.5:
            data = struct.pack(">BBH", 0, 4, 8 * len(content)) + content
            return job(bytes([5, 1]) + item(block)[:4] + struct.pack(">H", len(content)) + item(block)[6:], data)
        return job(bytes([odd.choice([4, 4, 0x1A, 0x28, 0x29, 0xF0]), 1]) + item(block))

    connect = packed(bytes.fromhex("11e00000000100c0010ac1020100c2020102"))
    setup = job(bytes.fromhex("f0000001000101e0"))
    rest = [odd.damaged(frame()) if odd.random() < 0.5 else frame() for _ in range(odd.randrange(1, MOST_FRAMES))]
    return [connect, setup, *rest]


def http_frames(odd: Odd, paths: list[str]) -> list[bytes]:
    """Methods, paths, heads and bodies of all kinds, none with the token."""

    def frame() -> bytes:
        method = odd.choice(["GET", "PUT", "POST", "DELETE", "HEAD", "OPTIONS", "TRACE", "x", "GET\t"])
        path = odd.choice([*paths, "/../etc/passwd", "/%00", "/" + "a" * 3000, "//x", "/\xff", "*"])
        body = odd.choice([b"", b"{}", b"[" * 200, odd.randbytes(60), b'{"sequence": 7, "model": "sedan"}'])
        heads = [f"Host: {odd.choice(['localhost', 'evil.example', ''])}", f"Content-Length: {len(body)}"]
        bearer = odd.choice(["", "Bearer", "Bearer wrong wrong wrong wrong", "Basic eDp5", "Bearer " + "x" * 5000])
        heads += [f"Authorization: {bearer}"] if bearer else []
        heads += odd.sample(["Cookie: a=b;;=", "Transfer-Encoding: chunked", "Expect: 100-continue", ": x"], 1)
        head = [f"{method} {path} HTTP/1.1", *heads, "", ""]
        return "\r\n".join(head).encode("latin-1") + body

    return [odd.damaged(frame()) if odd.random() < 0.4 else frame() for _ in range(odd.randrange(1, 6))]
