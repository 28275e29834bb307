"""Whose certificates a station trusts: two folders beside its own certificate, ``trusted`` and ``rejected``.

As long as nobody is trusted, every client that knows a password is let in, whatever its valid certificate: a plant that
tries things out. From the first one on all others are refused, and lie in ``rejected``, from where a person takes
them over. The line's own certificate in the same folder is always trusted: whoever can write there is the station.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from linewalker.errors import InputError
from linewalker.factory.opcua.certificate_check import fingerprint
from linewalker.wholefile import replace_file, write_whole

TRUSTED, REJECTED = "trusted", "rejected"
MOST_REJECTED = 50
"""More are not kept: strangers must not fill the disk."""
_FEWEST_DIGITS = 6
_OWN = ("station", "line")


@dataclass(frozen=True, kw_only=True)
class KnownCertificate:
    """A certificate in one of the folders.

    Attributes:
        kind: ``own``, ``trusted`` or ``rejected``.
        path: where it lies.
        content: DER.
    """

    kind: str
    path: Path
    content: bytes

    @property
    def fingerprint(self) -> str:
        """Its name among all certificates."""
        return fingerprint(self.content)


class TrustFolder:
    """See the module.

    Args:
        folder: of the station's certificates.
    """

    def __init__(self, folder: Path):
        self.folder = folder

    def certificates(self, *kinds: str) -> list[KnownCertificate]:
        """What lies there.

        Args:
            kinds: of these; default all.

        Raises:
            InputError: a folder can not be read.
        """
        found = []
        for kind in kinds or ("own", TRUSTED, REJECTED):
            place = self.folder if kind == "own" else self.folder / kind
            try:
                paths = sorted(place.glob("*.der"))
                found += [KnownCertificate(kind=kind, path=path, content=path.read_bytes()) for path in paths]
            except OSError as error:
                raise InputError(f"can not be read: {error.strerror}", file=place) from None
        return found

    def trusts(self, certificate: bytes) -> bool:
        """Whether a client with this certificate is talked to."""
        trusted = [known.content for known in self.certificates(TRUSTED)]
        return not trusted or certificate in trusted or certificate in self._own()

    def _own(self) -> list[bytes]:
        return [known.content for known in self.certificates("own") if known.path.stem in _OWN]

    def note_rejected(self, certificate: bytes) -> None:
        """Keep one for a person to look at; a folder that can not be written keeps none."""
        place = self.folder / REJECTED
        with suppress(OSError):
            place.mkdir(mode=0o700, exist_ok=True)
            path = place / f"{fingerprint(certificate)}.der"
            if path.exists():
                return
            replace_file(path, certificate, durable=False)
            kept = sorted(place.glob("*.der"), key=lambda one: one.stat().st_mtime)
            for oldest in kept[: max(0, len(kept) - MOST_REJECTED)]:
                oldest.unlink(missing_ok=True)

    def add(self, named: str) -> KnownCertificate:
        """Trust a certificate.

        Args:
            named: a file (DER or PEM), or the first digits of the fingerprint of a rejected one.

        Raises:
            InputError: there is none, or it is no certificate.
        """
        path = Path(named)
        content = _read(path) if path.is_file() else self._called(named, REJECTED).content
        return self._move(content, REJECTED, TRUSTED)

    def reject(self, named: str) -> KnownCertificate:
        """Trust one no longer.

        Args:
            named: the first digits of the fingerprint of a trusted one, or a file.

        Raises:
            InputError: there is none.
        """
        path = Path(named)
        content = _read(path) if path.is_file() else self._called(named, TRUSTED).content
        return self._move(content, TRUSTED, REJECTED)

    def _move(self, content: bytes, source: str, target: str) -> KnownCertificate:
        name = f"{fingerprint(content)}.der"
        write_whole(self.folder / target / name, content)
        for known in self.certificates(source):
            if known.content == content:
                known.path.unlink(missing_ok=True)
        return KnownCertificate(kind=target, path=self.folder / target / name, content=content)

    def _called(self, digits: str, kind: str) -> KnownCertificate:
        wanted = digits.replace(":", "").lower()
        known = self.certificates(kind)
        found = [one for one in known if len(wanted) >= _FEWEST_DIGITS and one.fingerprint.startswith(wanted)]
        if len(found) != 1:
            there = ", ".join(one.fingerprint[:12] for one in known) or "none"
            what = "more than one" if found else "no"
            raise InputError(
                f"{what} {kind} certificate begins with '{digits}' (at least {_FEWEST_DIGITS} digits); there are: "
                f"{there}; or name a file",
                file=self.folder / kind,
            )
        return found[0]


def _read(path: Path) -> bytes:
    """DER of a certificate in a file."""
    try:
        content = path.read_bytes()
        if content.startswith(b"-----BEGIN"):
            return x509.load_pem_x509_certificate(content).public_bytes(Encoding.DER)
        return x509.load_der_x509_certificate(content).public_bytes(Encoding.DER)
    except OSError as error:
        raise InputError(f"can not be read: {error.strerror}", file=path) from None
    except ValueError:
        raise InputError("no certificate; expected one in DER or PEM", file=path) from None
