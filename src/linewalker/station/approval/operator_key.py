"""The operator's key: a passphrase that only the operator knows signs approvals, the station checks the signatures.

The file in the run folder holds nothing that can sign: a salt and a public key (Ed25519; Bernstein et al. 2012, RFC
8032), the private one made of the passphrase by scrypt (Percival 2009, RFC 7914) whenever it is typed.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from linewalker.errors import InputError
from linewalker.plantfile import read_text
from linewalker.wholefile import write_whole

KEY_FILE = "operator-key.json"
FEWEST_LETTERS = 8
_MEANING = b"linewalker approval 1\0"  # a signature for anything else is none for an approval
_N, _R, _P, _MEMORY = 2**15, 8, 1, 64 * 2**20  # 0.1 s and 32 MiB a guess


@dataclass(frozen=True, kw_only=True)
class OperatorKey:
    """What the station knows of the operator's key.

    Attributes:
        salt, public_key: 16 and 32 bytes, in hexadecimal digits.
    """

    salt: str
    public_key: str

    def __post_init__(self) -> None:
        try:
            sizes = len(bytes.fromhex(self.salt)), len(bytes.fromhex(self.public_key))
        except (ValueError, TypeError):
            sizes = 0, 0
        if sizes != (16, 32):
            raise InputError(
                "this is no operator key: a salt of 16 and a public key of 32 bytes, in hexadecimal digits"
            )

    @classmethod
    def made_of(cls, passphrase: str) -> OperatorKey:
        """A new key.

        Raises:
            InputError: the passphrase is too short.
        """
        if len(passphrase) < FEWEST_LETTERS:
            raise InputError(f"the passphrase has {len(passphrase)} letters; at least {FEWEST_LETTERS} are needed")
        salt = secrets.token_bytes(16)
        public = _private(passphrase, salt).public_key().public_bytes_raw()
        return cls(salt=salt.hex(), public_key=public.hex())

    @classmethod
    def read(cls, folder: Path) -> OperatorKey | None:
        """The key of a run folder; None where the operator has none.

        Raises:
            InputError: what stands there is none.
        """
        path = folder / KEY_FILE
        if not path.exists():
            return None
        try:
            return cls(**json.loads(read_text(path)))
        except (ValueError, TypeError, InputError):
            problem = f"is no operator key; take it away and make a new one with: linewalker approve --new-key {folder}"
            raise InputError(problem, file=path) from None

    def write(self, folder: Path) -> Path:
        """Keep it in a run folder; returns the file."""
        path = folder / KEY_FILE
        write_whole(path, json.dumps({"salt": self.salt, "public_key": self.public_key}, indent=1) + "\n")
        return path

    def sign(self, passphrase: str, digest: str) -> str:
        """A signature for an approval, in hexadecimal digits.

        Raises:
            InputError: the passphrase is another one.
        """
        private = _private(passphrase, bytes.fromhex(self.salt))
        if private.public_key().public_bytes_raw().hex() != self.public_key:
            raise InputError("this is not the operator's passphrase")
        return private.sign(_MEANING + digest.encode()).hex()

    def verifies(self, digest: str, signature: str) -> bool:
        """Whether it is a signature for the approval of a proposal with this digest."""
        try:
            public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.public_key))
            public.verify(bytes.fromhex(signature), _MEANING + digest.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


def _private(passphrase: str, salt: bytes) -> Ed25519PrivateKey:
    seed = hashlib.scrypt(passphrase.encode(), salt=salt, n=_N, r=_R, p=_P, maxmem=_MEMORY, dklen=32)
    return Ed25519PrivateKey.from_private_bytes(seed)
