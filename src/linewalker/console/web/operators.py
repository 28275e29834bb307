"""Who may act at the console: operators, each with a name and a token; everybody else looks on."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from linewalker.console.bearer import Token
from linewalker.errors import InputError
from linewalker.plantfile import read_text

COOKIE = "linewalker_operator"
ROLE = "operator"


@dataclass(frozen=True, kw_only=True)
class Operators:
    """Names, by the digests of their tokens."""

    names: Mapping[bytes, str] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, file: Path) -> Operators:
        """From a file with a name and a token on every line, ``#`` before what is no line.

        Raises:
            InputError: a line is none, a token is too short, or two operators share a name or a token.
        """
        names: dict[bytes, str] = {}
        for number, text in enumerate(read_text(file).splitlines(), start=1):
            line = text.strip()
            if not line or line.startswith("#"):
                continue
            name, _, secret = line.rpartition(" ")
            name = name.strip()
            if not name:
                raise InputError("expected NAME TOKEN", file=file, line=number)
            try:
                digest = _digest(Token(secret=secret).secret)
            except InputError as error:
                raise InputError(error.problem, file=file, line=number) from None
            if digest in names or name in names.values():
                raise InputError(f"{name}: every operator has a name and a token of their own", file=file, line=number)
            names[digest] = name
        if not names:
            raise InputError("there is no operator in it; expected lines NAME TOKEN", file=file)
        return cls(names=names)

    def __bool__(self) -> bool:
        return bool(self.names)

    def named(self, brought: str) -> str | None:
        """Whose token it is; None if nobody's. All are compared, in the same time for any."""
        digest, found = _digest(brought), None
        for known, name in self.names.items():
            if hmac.compare_digest(known, digest):
                found = name
        return found


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
