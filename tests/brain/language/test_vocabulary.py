"""What a pack declares is checked where it is declared."""

from __future__ import annotations

import pytest

from linewalker.brain.language.vocabulary import ROLES, SlotWords


def test_roles_are_those_of_an_order() -> None:
    assert all(SlotWords(role=role).role == role for role in ROLES)
    with pytest.raises(ValueError, match="no role 'distance'"):
        SlotWords(role="distance")
