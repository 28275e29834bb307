"""Spoken orders are heard with the words of the plan, by weights that were checked."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from linewalker.brain.speech import extra
from linewalker.errors import MissingPackage
from linewalker.station import order_hearing as module
from linewalker.station.order_hearing import order_hearing
from linewalker.station.spoken_names import EXAMPLE_PLAN, lexicon_of


def test_without_the_extra_nothing_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda _: None)
    monkeypatch.setattr(module, "read_weights", None)
    with pytest.raises(MissingPackage, match=r"linewalker\[speech\]"):
        order_hearing(lexicon_of(EXAMPLE_PLAN))


def test_the_recogniser_is_told_the_names_of_the_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pypinyin")
    told: list[Mapping[str, str]] = []
    monkeypatch.setattr(extra, "find_spec", lambda _: object())
    monkeypatch.setattr(module, "read_weights", dict)
    monkeypatch.setattr(module, "Whisper", lambda _, prompts: told.append(prompts))
    order_hearing(lexicon_of(EXAMPLE_PLAN))
    assert "左前门" in told[0]["zh"]
