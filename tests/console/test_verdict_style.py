"""Verdicts look like themselves: a sign and a word each, in both languages, never colour alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from linewalker.console.verdict_style import (
    COLOURS,
    EVENT_WORDS,
    NOT_INSPECTED_SIGN,
    NOT_INSPECTED_WORDS,
    SIGNS,
    WORDS,
    outcome_of,
    styled,
    tally,
)
from linewalker.factory.records.results import EventKind
from linewalker.inspection.verdict import Verdict
from tests.factory.samples import bad_car, good_car, missing_car


def test_every_verdict_and_every_event_has_a_look_and_no_two_are_alike() -> None:
    for looks in (SIGNS, WORDS, COLOURS):
        assert set(looks) == set(Verdict)
        assert len(set(looks.values())) == len(Verdict)
    assert set(EVENT_WORDS) == set(EventKind)
    assert NOT_INSPECTED_SIGN not in SIGNS.values()
    assert NOT_INSPECTED_WORDS not in WORDS.values()


@pytest.mark.parametrize(("zh", "en"), [*WORDS.values(), *EVENT_WORDS.values(), NOT_INSPECTED_WORDS])
def test_words_are_chinese_and_english(zh: str, en: str) -> None:
    assert all("\u4e00" <= letter <= "\u9fff" for letter in zh)
    assert en.isascii()


@pytest.mark.parametrize("verdict", Verdict)
def test_a_styled_verdict_says_itself_without_its_colour(verdict: Verdict) -> None:
    text = styled(verdict)
    assert text.plain == f"{SIGNS[verdict]} {WORDS[verdict][1]}"
    assert Style.parse(COLOURS[verdict]).color is not None


def test_a_car_shows_its_verdict_or_that_nobody_looked_at_it() -> None:
    assert outcome_of(good_car()).plain == "✓ OK"
    assert outcome_of(bad_car()).plain == "✗ NOK"
    assert outcome_of(missing_car()).plain == "○ not inspected"


@given(st.lists(st.sampled_from(Verdict)))
def test_a_tally_counts_every_verdict_once_and_pales_zeros(verdicts: list[Verdict]) -> None:
    text = tally(verdicts)
    counts = {sign: int(number) for number, sign in (part.split() for part in text.plain.split("  "))}
    assert sum(counts.values()) == len(verdicts)
    for verdict, sign in SIGNS.items():
        assert counts[sign] == verdicts.count(verdict)
    pale = [text.plain[span.start : span.end] for span in text.spans if span.style == "dim"]
    assert sorted(part.split()[1] for part in pale) == sorted(sign for sign, count in counts.items() if count == 0)
