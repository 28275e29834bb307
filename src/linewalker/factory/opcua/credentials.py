"""User name and password of the line at the station. There is no anonymous access and no default password."""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from linewalker.errors import InputError
from linewalker.plantfile import read_text

USER_VARIABLE, PASSWORD_VARIABLE = "LINEWALKER_USER", "LINEWALKER_PASSWORD"
_FEWEST_CHARACTERS = 8
_LEAST_COST, _COST = 2**12, 2**14
"""n of scrypt: some 40 ms and 16 MB for a guess; more would disturb the line's signals."""
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """Who the line is. The password is never printed."""

    user: str
    password: str = field(repr=False)

    def __post_init__(self) -> None:
        if not self.user:
            raise InputError(f"there is no user name; give --user NAME or set the environment variable {USER_VARIABLE}")
        if len(self.password) < _FEWEST_CHARACTERS:
            raise InputError(
                f"the password has {len(self.password)} characters, at least {_FEWEST_CHARACTERS} are needed; "
                f"give --password-file FILE or set the environment variable {PASSWORD_VARIABLE}"
            )


def random_credentials() -> Credentials:
    """For a station and a line that start together: known to nobody else, gone when they end."""
    return Credentials(user="line", password=secrets.token_urlsafe(24))


def read_credentials(
    user: str | None = None, password_file: Path | str | None = None, environment: Mapping[str, str] | None = None
) -> Credentials:
    """What the options say, else what the environment says. A password never stands on a command line.

    Args:
        user: from ``--user``.
        password_file: from ``--password-file``; its first line is the password.
        environment: default the one of this process.

    Raises:
        InputError: user or password is missing or too short; says how to give it.
    """
    environment = os.environ if environment is None else environment
    if password_file is None:
        password = environment.get(PASSWORD_VARIABLE, "")
    else:
        password = (read_text(password_file).splitlines() or [""])[0]
        if os.stat(password_file).st_mode & 0o077:
            _LOG.warning("linewalker: others can read %s; chmod 600 it", password_file)
        if len(password) < _FEWEST_CHARACTERS:
            raise InputError(
                f"the first line has {len(password)} characters; a password has at least {_FEWEST_CHARACTERS}",
                file=password_file,
                line=1,
            )
    return Credentials(user=user or environment.get(USER_VARIABLE, ""), password=password)


class PasswordCheck:
    """Answers whether credentials are the right ones, without keeping the password and in the same time either way.

    Attributes:
        user: whose password it is.
    """

    def __init__(self, user: str, salt: bytes, key: bytes, cost: int):
        self.user, self._salt, self._key, self._cost = user, salt, key, cost

    @classmethod
    def for_password_of(cls, credentials: Credentials) -> PasswordCheck:
        """The one that accepts these."""
        salt = secrets.token_bytes(16)
        return cls(credentials.user, salt, _derive(credentials.password, salt, _COST), _COST)

    def document(self) -> dict[str, Any]:
        """What can be kept of it; the password is not in it."""
        return {"user": self.user, "scrypt": {"n": self._cost, "salt": self._salt.hex(), "key": self._key.hex()}}

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> PasswordCheck:
        """Out of its document.

        Raises:
            KeyError, TypeError, ValueError: it is none.
        """
        scrypt = document["scrypt"]
        if not _LEAST_COST <= scrypt["n"] <= _COST:
            raise ValueError(f"n is {scrypt['n']}; expected {_LEAST_COST} to {_COST}")
        return cls(document["user"], bytes.fromhex(scrypt["salt"]), bytes.fromhex(scrypt["key"]), scrypt["n"])

    def accepts(self, user: str, password: str) -> bool:
        """True if both are right."""
        right_user = hmac.compare_digest(user.encode(), self.user.encode())
        right_password = hmac.compare_digest(_derive(password, self._salt, self._cost), self._key)
        return right_user and right_password


def _derive(password: str, salt: bytes, cost: int) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=cost, r=8, p=1)
