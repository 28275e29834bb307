"""Choices are written as they are called."""

from __future__ import annotations

import pytest

from linewalker.console.capability.choices import Design, Method, Scale


@pytest.mark.parametrize("kind", [Design, Method, Scale])
def test_a_choice_is_its_name_in_small_letters(kind) -> None:
    assert all(choice.value == choice.name.lower() for choice in kind)
