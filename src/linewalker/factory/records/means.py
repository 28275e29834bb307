"""What becomes of cars whose time is over."""

from __future__ import annotations

from enum import StrEnum


class Means(StrEnum):
    """The member's value is what is typed, and what the audit says."""

    DELETE = "delete"
    PSEUDONYM = "pseudonym"
