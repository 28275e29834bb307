"""Where results go: a folder, or a server that takes JSON by POST."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from linewalker.errors import InputError, LinewalkerError, StorageFault
from linewalker.factory.outbox.parcel import Parcel
from linewalker.factory.quality.aqdef_file import append_cars
from linewalker.factory.quality.export import exported
from linewalker.factory.records.car_lines import json_text
from linewalker.wholefile import write_whole

MARKER = ".linewalker-outbox"
"""Lies in every folder that results go to: a mount point without its disk lacks it."""
_TIMEOUT_S = 10.0
_AGAIN = frozenset({408, 425, 429})
_HAS_IT = 409
_ANSWER_CHARACTERS = 200


class NotNow(LinewalkerError):
    """The other side is away, or busy: the same is tried again later."""


class Refused(LinewalkerError):
    """The other side has looked at it and will never take it."""


class Destination(Protocol):
    """One of them."""

    def deliver(self, parcel: Parcel, *, first: bool) -> None:
        """Hand it over; once more what arrived already changes nothing there.

        Args:
            first: nothing has ever arrived there.

        Raises:
            NotNow, Refused: it did not arrive.
        """


@dataclass(frozen=True, kw_only=True)
class Folder:
    """A folder, perhaps of another machine; each result is a file of its own, or is added to one of its model.

    Attributes:
        path: is there already; it is never made, for it may be a mount point.
        format: of the files; as `FORMATS`.
        append: add to one .dfq for each model of a shift.
    """

    path: Path
    format: str
    append: bool = False

    def deliver(self, parcel: Parcel, *, first: bool) -> None:
        """As `Destination.deliver`."""
        if not self.path.is_dir():
            raise NotNow(f"{self.path} is not there; mount it, or make it")
        marker = self.path / MARKER
        try:
            if first:
                write_whole(marker, "linewalker puts results here; this file shows that it is the right disk\n")
            elif not marker.is_file():
                raise NotNow(f"{marker} is missing: is the right disk mounted? if so, put an empty file there")
            if self.append:
                append_cars(self.path, [parcel.car])
            else:
                for name, content in exported([parcel.car], self.format, parcel.name).items():
                    write_whole(self.path / name, content)
        except (StorageFault, OSError) as error:
            raise NotNow(str(error)) from None
        except InputError as error:
            raise Refused(str(error)) from None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A POST that is sent elsewhere would become a GET, and be lost."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


@dataclass(frozen=True, kw_only=True)
class Server:
    """A server that takes results as JSON by POST, each with an Idempotency-Key.

    Attributes:
        url: http or https.
        token: sent as a bearer; empty: none.
    """

    url: str
    token: str = field(default="", repr=False)

    def deliver(self, parcel: Parcel, *, first: bool) -> None:  # noqa: ARG002
        """As `Destination.deliver`: any 2xx, and 409 (it has it), is an arrival; other 4xx but 408, 425, 429 refuse."""
        request = urllib.request.Request(self.url, json_text(parcel.document).encode(), method="POST")
        request.add_header("Content-Type", "application/json; charset=utf-8")
        request.add_header("Idempotency-Key", parcel.key)
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        try:
            with urllib.request.build_opener(_NoRedirect).open(request, timeout=_TIMEOUT_S):
                return
        except urllib.error.HTTPError as error:
            with error:
                status, said = error.code, error.read(_ANSWER_CHARACTERS).decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as error:
            raise NotNow(f"{self.url} does not answer: {error}") from None
        if status == _HAS_IT:
            return
        why = f"{self.url} answers {status}: {said}"
        raise Refused(why) if 400 <= status < 500 and status not in _AGAIN else NotNow(why)
