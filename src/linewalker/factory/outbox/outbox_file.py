"""Where results go, as a plant writes it: names of destinations, each a folder or a server."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from linewalker.errors import InputError
from linewalker.factory.outbox.destination import Destination, Folder, Server
from linewalker.factory.quality.export import FORMATS
from linewalker.plantfile import Node, PlantFile


def read_outbox(path: Path) -> dict[str, Destination]:
    """Destinations by name.

    Raises:
        InputError: names file, line and key, and what is allowed.
    """
    top = PlantFile.read(path)
    top.expect_keys(["destinations"])
    found = {name: _destination(node, path.parent) for name, node in top["destinations"].items()}
    if not found:
        raise top.key_error("destinations", "there is none; write for example mes: {folder: /mnt/mes, format: json}")
    return found


def _destination(node: Node, beside: Path) -> Destination:
    if "url" in node:
        node.expect_keys(["url"], ["token_file"])
        url = node["url"].text()
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise node["url"].error(f"'{url}' is not the address of a server; write https://mes.plant/results")
        return Server(url=url, token=_token(node["token_file"], beside) if "token_file" in node else "")
    node.expect_keys(["folder", "format"], ["append"])
    kind = node["format"].choice(FORMATS, "format")
    append = node["append"].flag() if "append" in node else False
    if append and kind != "dfq":
        raise node["append"].error("only a .dfq is added to; leave it out, or write format: dfq")
    return Folder(path=beside / node["folder"].text(), format=kind, append=append)


def _token(node: Node, beside: Path) -> str:
    file = beside / node.text()
    try:
        token = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise node.error(f"{file} can not be read; it must hold the token and nothing else") from None
    if not token.isascii() or not token.isprintable() or not token:
        raise InputError("holds no token: one line of ASCII is expected", file=file)
    return token
