"""The methods there are: named once, each for one kind of feature, told to people in both languages."""

from __future__ import annotations

import pytest

from linewalker.inspection.method import Feature
from linewalker.inspection.methods import METHODS, is_signed, methods_for, title_of


def test_those_of_ours() -> None:
    assert list(METHODS)[:5] == ["gap", "flush", "presence", "variant", "code"]
    assert methods_for(Feature.SEAM)[:2] == ("gap", "flush")
    assert methods_for(Feature.PART)[:3] == ("presence", "variant", "code")
    assert set(methods_for(Feature.SEAM)) | set(methods_for(Feature.PART)) == set(METHODS)


@pytest.mark.parametrize("name", METHODS)
def test_keys_of_a_method_are_its_own(name: str) -> None:
    method = METHODS[name]
    keys = [*method.required, *method.optional]
    assert len(set(keys)) == len(keys)
    assert not {"id", "name", "method", "feature", "class", "when"} & set(keys)


def test_people_read_a_title_also_of_a_method_that_is_not_here_any_more() -> None:
    assert (title_of("gap").zh, title_of("variant").en) == ("间隙", "variant")
    assert (title_of("lamp").zh, title_of("lamp").en) == ("lamp", "lamp")


def test_only_a_flush_has_a_sign() -> None:
    assert [name for name in (*METHODS, "lamp") if is_signed(name)] == ["flush"]
