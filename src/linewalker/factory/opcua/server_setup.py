"""What the process of the OPC UA server is told at its start. It crosses the border, never a command line."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from linewalker.factory.handshake.image_document import document_of, with_document
from linewalker.factory.handshake.signals import LineImage
from linewalker.factory.opcua.border import Frame
from linewalker.factory.opcua.certificates import ApplicationCertificate
from linewalker.factory.opcua.identities import Identity


@dataclass(frozen=True, kw_only=True)
class ServerSetup:
    """See the module.

    Attributes:
        endpoint: where it listens, with the port really taken.
        pair: the station's certificate and key.
        pki: folder of the certificates and of those who may log in.
        identities: who may log in besides.
        audit: file of the audit log; None: there is none.
        insecure: whether unencrypted channels and anonymous observers are served.
        standards: whether the models that plants know are shown beside the image.
        life_timeout_s: how long the station bears with a LifeCounter that stands still.
        line: what the line said last, for a server that takes the place of one that died.
    """

    endpoint: str
    pair: ApplicationCertificate
    pki: Path
    identities: tuple[Identity, ...]
    audit: Path | None = None
    insecure: bool = False
    standards: bool = False
    life_timeout_s: float
    line: LineImage

    @property
    def frame(self) -> Frame:
        """As it crosses."""
        pair = {name: str(path) for name, path in asdict(self.pair).items()}
        return {
            "endpoint": self.endpoint,
            "pair": pair,
            "pki": str(self.pki),
            "identities": [identity.document() for identity in self.identities],
            "audit": None if self.audit is None else str(self.audit),
            "insecure": self.insecure,
            "standards": self.standards,
            "life_timeout_s": self.life_timeout_s,
            "line": document_of(self.line),
        }

    @classmethod
    def of(cls, frame: dict[str, Any]) -> ServerSetup:
        """Out of its frame."""
        return cls(
            endpoint=frame["endpoint"],
            pair=ApplicationCertificate(**{name: Path(path) for name, path in frame["pair"].items()}),
            pki=Path(frame["pki"]),
            identities=tuple(Identity.of(entry) for entry in frame["identities"]),
            audit=None if frame["audit"] is None else Path(frame["audit"]),
            insecure=frame["insecure"],
            standards=frame["standards"],
            life_timeout_s=frame["life_timeout_s"],
            line=with_document(LineImage(), frame["line"]),
        )
