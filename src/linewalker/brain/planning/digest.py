"""The digest of a JSON document: what a certificate names its problem, and a plan itself, by."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from linewalker.errors import PlanRefused


def canonical(document: Any) -> str:
    """The one text of a document: keys sorted, nothing between them.

    Raises:
        PlanRefused: it is none: it holds NaN, or what JSON does not have.
    """
    try:
        return json.dumps(document, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError, RecursionError) as error:
        raise PlanRefused(f"this is no JSON document: {error}") from None


def digest(document: Any) -> str:
    """SHA-256 of a JSON document, in hex; equal for equal documents alone.

    Raises:
        PlanRefused: it is none.
    """
    return hashlib.sha256(canonical(document).encode("utf-8", "surrogatepass")).hexdigest()
