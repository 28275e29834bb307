"""Who may log in at a station, with what, and what they may do there.

``identities.json`` beside the station's certificate has them, ``linewalker trust user`` writes it; of a password only
a hash is in it. The name and password that the station was started with are those of the line.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from linewalker.errors import InputError
from linewalker.factory.opcua.credentials import PasswordCheck
from linewalker.plantfile import read_text
from linewalker.wholefile import replace_file

IDENTITIES_FILE = "identities.json"
_LOG = logging.getLogger(__name__)


class Role(StrEnum):
    """What somebody may do."""

    OBSERVER = "observer"
    LINE = "line"
    ENGINEER = "engineer"

    @property
    def writes(self) -> bool:
        """Whether the line's image may be written; an observer reads, browses and subscribes."""
        return self is not Role.OBSERVER

    @property
    def has_a_place(self) -> bool:
        """Whether a place is kept free at the server."""
        return self is Role.LINE


@dataclass(frozen=True, kw_only=True)
class Identity:
    """One who may log in.

    Attributes:
        name: by which people know it.
        role: what it may do.
        check: of its password; None where it has none.
        certificate: fingerprint of the certificate that it logs in with; empty where it has none.
    """

    name: str
    role: Role
    check: PasswordCheck | None = None
    certificate: str = ""

    def document(self) -> dict[str, Any]:
        """What is kept of it."""
        check = None if self.check is None else self.check.document()
        return {"name": self.name, "role": self.role.value, "check": check, "certificate": self.certificate}

    @classmethod
    def of(cls, document: dict[str, Any]) -> Identity:
        """Out of its document.

        Raises:
            KeyError, TypeError, ValueError: it is none.
        """
        check = document["check"]
        return cls(
            name=str(document["name"]),
            role=Role(document["role"]),
            check=None if check is None else PasswordCheck.of(check),
            certificate=str(document["certificate"]),
        )


def read_identities(folder: Path) -> list[Identity]:
    """Those in the file of a folder of certificates; none if there is no file.

    Raises:
        InputError: the file can not be read, or is not what `write_identities` writes.
    """
    path = folder / IDENTITIES_FILE
    if not path.exists():
        return []
    try:
        return [Identity.of(entry) for entry in json.loads(read_text(path))]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise InputError("no list of identities; write it with 'linewalker trust user'", file=path) from None


def write_identities(folder: Path, identities: Iterable[Identity]) -> None:
    """Put these into the file, which its owner alone can read.

    Raises:
        InputError: it can not be written.
    """
    path = folder / IDENTITIES_FILE
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = json.dumps([identity.document() for identity in identities], ensure_ascii=False, indent=1)
        replace_file(path, content.encode() + b"\n", mode=0o600)
    except OSError as error:
        raise InputError(f"can not be written: {error.strerror}", file=path) from None


class Register:
    """Who may log in now: those given, and those in the file, as it stands at each log-in.

    Args:
        given: identities that are in no file.
        folder: of the file.
    """

    def __init__(self, given: Iterable[Identity], folder: Path):
        self._given, self._folder = list(given), folder
        self._nobody = self._given[0].check if self._given else None

    def by_password(self, name: str, password: str) -> Identity | None:
        """Whoever has this name and this password; nobody takes as long to find as somebody."""
        known = [one for one in self._all() if one.check is not None and one.name == name]
        for identity in known:
            if identity.check is not None and identity.check.accepts(name, password):
                return identity
        if not known and self._nobody is not None:
            self._nobody.accepts(name, password)
        return None

    def by_certificate(self, fingerprint: str) -> Identity | None:
        """Whoever logs in with the certificate of this fingerprint."""
        return next((one for one in self._all() if one.certificate and one.certificate == fingerprint), None)

    def _all(self) -> list[Identity]:
        """Those given stay whatever somebody did to the file: the line must get in."""
        try:
            return [*self._given, *read_identities(self._folder)]
        except InputError as error:
            _LOG.warning("linewalker: %s", error)
            return self._given
