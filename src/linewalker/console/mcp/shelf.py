"""What a run folder offers to be read: results, journal, evidence pictures, by name, and nothing else of the disk."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linewalker.station.run_folder import EVIDENCE, JOURNAL_FILE, RESULTS_FILE

RESULTS, JOURNAL, PICTURE = "linewalker://results", "linewalker://journal", "linewalker://evidence/"
_FILES = {RESULTS: (RESULTS_FILE, "application/json"), JOURNAL: (JOURNAL_FILE, "application/jsonl")}
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
        there = {uri: file for uri, file in _FILES.items() if (self._folder / file[0]).is_file()}
        files = [Page(uri=uri, title=name, kind=kind) for uri, (name, kind) in there.items()]
        return [*files, *(self.page(vin, entry) for vin, entry in self._entries())]

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
        if uri in _FILES:
            name, kind = _FILES[uri]
            content = self._content(name)
            return None if content is None else (kind, content)
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
