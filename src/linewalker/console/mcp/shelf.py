"""What a run folder offers to be read: results and evidence pictures, by name, and nothing else of the disk."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linewalker.station.run_folder import EVIDENCE, RESULTS_FILE

RESULTS, PICTURE = "linewalker://results", "linewalker://evidence/"
_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}
_LARGEST_BYTES = 8 * 2**20


@dataclass(frozen=True, kw_only=True)
class Page:
    """Something that can be read.

    Attributes:
        uri, title, kind: its address, what it is called, its media type.
    """

    uri: str
    title: str
    kind: str


class Shelf:
    """The results and pictures of one run folder, as they are now."""

    def __init__(self, folder: Path):
        self._folder = folder

    def pages(self) -> list[Page]:
        """All there are."""
        if not (self._folder / RESULTS_FILE).is_file():
            return []
        results = Page(uri=RESULTS, title="results.json", kind="application/json")
        return [results, *(self.page(vin, entry) for vin, entry in self._entries())]

    def pictures(self, vin: str, characteristic: str) -> list[Page]:
        """The evidence of characteristics, of cars whose VIN ends so; an empty text means all."""
        return [
            self.page(number, entry)
            for number, entry in self._entries()
            if number.endswith(vin) and characteristic in ("", entry["id"], entry["feature"])
        ]

    def read(self, uri: str) -> tuple[str, bytes] | None:
        """Media type and content; None if it is no page of this shelf.

        Only what the results name is read: no path that somebody makes up leads anywhere.
        """
        if uri == RESULTS and (content := self._content(RESULTS_FILE)) is not None:
            return "application/json", content
        for vin, entry in self._entries():
            page = self.page(vin, entry)
            if page.uri == uri and (content := self._content(entry["evidence"])) is not None:
                return page.kind, content
        return None

    @staticmethod
    def page(vin: str, entry: Mapping[str, Any]) -> Page:
        """Of the evidence of one characteristic, as results.json has it."""
        path = str(entry["evidence"])
        kind = _TYPES.get(Path(path).suffix, "application/octet-stream")
        title = f"{vin} {entry['id']}: {entry['verdict']}"
        return Page(uri=f"{PICTURE}{path.removeprefix(f'{EVIDENCE}/')}", title=title, kind=kind)

    def _entries(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        content = self._content(RESULTS_FILE)
        for car in json.loads(content)["cars"] if content else ():
            for entry in car["characteristics"]:
                if entry.get("evidence"):
                    yield car["vin"], entry

    def _content(self, name: str) -> bytes | None:
        """Of a file inside the folder, whatever links there are."""
        path = (self._folder / name).resolve()
        inside = path.is_relative_to(self._folder.resolve())
        if not inside or not path.is_file() or path.stat().st_size > _LARGEST_BYTES:
            return None
        return path.read_bytes()
