"""Law: what is to be said is passed on as it was typed, and is never read as an order."""

from __future__ import annotations

import pytest

from tests.brain.language.words_of_the_example import read


@pytest.mark.parametrize(
    ("order", "text"),
    [
        ('say "Go home, please"', "Go home, please"),
        ("说“打开车门”", "打开车门"),
        ("say: welcome", "welcome"),
        ("say hello to the visitors", "hello"),
        ("对大家说欢迎光临", "欢迎光临"),
    ],
)
def test_what_is_to_be_said_is_not_read(order: str, text: str) -> None:
    assert read(order) == ("act", [("say", {"text": text})])


def test_the_next_step_is_not_said() -> None:
    assert read("say hello and dance for 20 seconds") == (
        "act",
        [("say", {"text": "hello"}), ("dance", {"seconds": 20.0})],
    )


def test_a_word_in_passing_says_nothing() -> None:
    assert read("我说，检查右侧") == ("act", [("inspect", {"side": "right"})])


def test_music_is_passed_on() -> None:
    assert read('dance to "Blue Danube"') == ("act", [("dance", {"music": "Blue Danube"})])


@pytest.mark.parametrize(
    ("order", "slots"),
    [
        ("放着茉莉花跳三十秒的舞", {"music": "茉莉花", "seconds": 30.0}),
        ("dance to salsa for half a minute", {"music": "salsa", "seconds": 30.0}),
    ],
)
def test_music_stands_before_its_verb_or_after(order: str, slots: dict[str, object]) -> None:
    assert read(order) == ("act", [("dance", slots)])


def test_what_is_said_after_a_dance_is_no_music() -> None:
    assert read('dance for us, then greet the visitors with "welcome"') == (
        "act",
        [("dance", {}), ("say", {"text": "welcome"})],
    )
