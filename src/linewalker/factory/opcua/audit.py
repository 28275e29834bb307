"""Who did what at the server, as JSON lines: ``{"at": ..., "who": ..., "role": ..., "from": ..., "what": ...}``.

Log-ins and what was refused, who speaks for the line, every write but the heartbeat. No password is in it, and it does
not grow without end.
"""

from __future__ import annotations

import json
import logging
import logging.handlers
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FILE_BYTES, OLD_FILES = 2**21, 4
"""The file is laid aside as .1 to .4 when it is full."""
LONGEST_TEXT = 100
_LOG = logging.getLogger(__name__)


class _OwnersFile(logging.handlers.RotatingFileHandler):
    """A file that others can not read; a disk that does not take it is said once and holds nobody up."""

    said = False

    def _open(self) -> Any:
        return os.fdopen(
            os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a", encoding="utf-8"
        )

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002  logging's name
        if not self.said:
            self.said = True
            _LOG.warning("linewalker: the audit log %s can not be written", self.baseFilename)


class AuditLog:
    """See the module.

    Args:
        file: where it is kept; None: nowhere.
    """

    def __init__(self, file: Path | None):
        self._file = None
        if file is not None:
            self._file = _OwnersFile(file, maxBytes=FILE_BYTES, backupCount=OLD_FILES, delay=True)

    def note(self, what: str, *, who: str, role: str, host: str, **more: Any) -> None:
        """Write one line.

        Args:
            what: happened.
            who: by name.
            role: of theirs.
            host: where they are.
            more: to say; long texts are cut off.
        """
        if self._file is None:
            return
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "who": who, "role": role, "from": host, "what": what, **more}
        text = json.dumps({key: _short(value) for key, value in line.items()}, ensure_ascii=False)
        self._file.handle(logging.makeLogRecord({"msg": text.encode("utf-8", "replace").decode()}))


def _short(value: Any) -> Any:
    return value[:LONGEST_TEXT] if isinstance(value, str | list | tuple) else value
