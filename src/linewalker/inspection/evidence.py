"""Evidence files: one picture per judgement, whole and on disk before the judgement names it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

from linewalker.inspection.method import Picture
from linewalker.inspection.verdict import Judgement
from linewalker.wholefile import write_whole

_READABLE, _DIGITS = 80, 16
_PLAIN_NAME = re.compile(rf"(?!.*-[0-9a-f]{{{_DIGITS}}}$)[a-z0-9_-]{{1,100}}")
"""No capitals, nothing that looks like a mark of ours."""

_RESERVED_NAME = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
"""Devices of Windows, whatever suffix they have."""


class EvidenceFolder:
    """Writes the evidence of one car.

    Args:
        folder: of this car; made if it is not there.
    """

    def __init__(self, folder: Path):
        self.folder = folder

    def keep(self, judgement: Judgement, picture: Picture | None) -> Judgement:
        """Write the picture, if there is one; the judgement with its file."""
        if picture is None:
            return judgement
        path = self.folder / f"{file_name(judgement.characteristic)}{picture.suffix}"
        write_whole(path, picture.content)
        return replace(judgement, evidence=path)


def file_name(characteristic: str) -> str:
    """A characteristic's id as a file name without suffix, on any file system and under any locale.

    Unlike ids have unlike names, also where capitals do not count, whatever characters a plant writes and however many:
    an id that is not such a name by itself is marked with the first 64 bits of its SHA-256.
    """
    if _PLAIN_NAME.fullmatch(characteristic) and not _RESERVED_NAME.fullmatch(characteristic):
        return characteristic
    readable = re.sub(r"[^A-Za-z0-9_-]+", "_", characteristic)[:_READABLE]
    return f"{readable}-{hashlib.sha256(characteristic.encode('utf-8', 'surrogatepass')).hexdigest()[:_DIGITS]}"
