"""A proposal: goals and their plan under an id that is made out of them, so that nobody changes one unseen."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.interpretation import Because
from linewalker.errors import InputError
from linewalker.inspection.title import Title

_ID_BYTES, _GROUP = 10, 4  # 80 bits: 16 letters and digits, which a person can compare


class ProposalState(Enum):
    """What became of a proposal. It never goes back."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    STARTED = "started"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    EXPIRED = "expired"


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What is asked for leave to be done.

    Attributes:
        goals: as documents, see `Goal`.
        plan: certificate and visits, as the performer gave them.
        plan_fingerprint: of the inspection plan it was made with.
        robot: that would move.
        nonce: makes the same request, asked for again, another proposal.
        read_back: what a person is shown.
        order: the words it was asked for in, to be shown as they are; empty if it came as goals.
        created_s, expires_s: seconds since 1970, UTC.
    """

    goals: tuple[Mapping[str, Any], ...]
    plan: Mapping[str, Any]
    plan_fingerprint: str
    robot: str
    nonce: str
    read_back: Title
    order: str = ""
    created_s: float
    expires_s: float

    def __post_init__(self) -> None:
        if not self.goals:
            raise InputError("a proposal without goals; name at least one")
        if not self.expires_s > self.created_s:
            raise InputError(f"a proposal that expires at {self.expires_s:g} before it is made at {self.created_s:g}")

    def document(self) -> dict[str, Any]:
        """Everything the id is made of."""
        return {
            "goals": [dict(goal) for goal in self.goals],
            "plan": dict(self.plan),
            "plan_fingerprint": self.plan_fingerprint,
            "robot": self.robot,
            "nonce": self.nonce,
            "read_back": {"zh": self.read_back.zh, "en": self.read_back.en},
            "order": self.order,
            "created_s": self.created_s,
            "expires_s": self.expires_s,
        }

    @property
    def digest(self) -> str:
        """SHA-256 of `document`, in hexadecimal digits."""
        return hashlib.sha256(canonical(self.document())).hexdigest()

    @property
    def id(self) -> str:
        """The digest's beginning, such as ``k3ta-77xm-2qpd-ahgz``."""
        letters = base64.b32encode(bytes.fromhex(self.digest)[:_ID_BYTES]).decode("ascii").lower()
        return "-".join(letters[i : i + _GROUP] for i in range(0, len(letters), _GROUP))

    @classmethod
    def of_document(cls, document: Mapping[str, Any]) -> Proposal:
        """The proposal that `document` gave."""
        values = dict(document)
        return cls(**values | {"goals": tuple(values["goals"]), "read_back": Title(**values["read_back"])})

    def as_goals(self) -> tuple[Goal, ...]:
        """The goals, to be carried out."""
        return tuple(Goal(skill=goal["skill"], slots=_slots(goal["slots"])) for goal in self.goals)


def _slots(written: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(slot) if isinstance(slot, list) else slot for name, slot in written.items()}


def canonical(document: Mapping[str, Any] | Sequence[Any]) -> bytes:
    """JSON that is the same for equal documents.

    Raises:
        InputError: it holds something that JSON has no word for, such as a number that is none.
    """
    try:
        text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
        return text.encode()
    except (TypeError, ValueError) as error:
        raise InputError(f"this is no plain data: {error}") from None


@dataclass(frozen=True, kw_only=True)
class Filed:
    """A proposal as it stands in the book.

    Attributes:
        id: under which it was filed.
        proposal: as it is written there now.
        state: what became of it.
        by: who approved or rejected it; empty so far.
        signature: of the approval, in hexadecimal digits; empty where the operator has no key.
        because: of what failed, was cancelled, rejected or stopped.
    """

    id: str
    proposal: Proposal
    state: ProposalState
    by: str = ""
    signature: str = ""
    because: Because | None = None

    @property
    def altered(self) -> bool:
        """Whether what is written there is no longer what the id was made of."""
        return self.proposal.id != self.id
