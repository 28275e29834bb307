"""Errors: a message says what and where, a class decides, and nothing that fails on the way is lost."""

from __future__ import annotations

import inspect
import pickle
from pathlib import Path

import pytest

from linewalker import errors
from linewalker.errors import InputError, LinewalkerError, StationFault, StorageFault, TaktExpired, in_words, noted_on

CLASSES = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if kind.__module__ == errors.__name__]


@pytest.mark.parametrize("kind", CLASSES)
def test_one_base_catches_all_and_the_tree_is_shallow(kind: type[LinewalkerError]) -> None:
    assert issubclass(kind, LinewalkerError)
    assert kind.__mro__.index(LinewalkerError) <= 3
    assert kind.__doc__


def test_bad_input_and_a_fault_of_the_station_are_never_the_same() -> None:
    """They have exit codes of their own."""
    assert not [kind for kind in CLASSES if issubclass(kind, InputError) and issubclass(kind, StationFault)]


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ({}, "wrong"),
        ({"file": "plan.yaml"}, "plan.yaml: wrong"),
        ({"file": Path("plan.yaml"), "line": 7}, "plan.yaml:7: wrong"),
        ({"file": "plan.yaml", "line": 7, "key": "takt_s"}, "plan.yaml:7: takt_s: wrong"),
        ({"key": "takt_s"}, "takt_s: wrong"),
    ],
)
def test_a_place_stands_before_the_problem(place: dict, text: str) -> None:
    error = InputError("wrong", **place)
    assert str(error) == text
    assert error.problem == "wrong"
    assert (error.file, error.line, error.key) == tuple(place.get(name) for name in ("file", "line", "key"))


def test_what_fails_while_an_error_is_on_its_way_is_told_with_it() -> None:
    first = TaktExpired("late")
    with noted_on(first):
        raise StorageFault("disk full")
    with noted_on(first):
        pass
    assert first.__notes__ == ["disk full"]


def test_a_bug_on_the_way_is_not_hidden_among_the_notes() -> None:
    with pytest.raises(KeyError), noted_on(StationFault("it fell")):
        raise KeyError("trim")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (KeyError("trim"), "KeyError: 'trim'"),
        (RuntimeError(), "RuntimeError"),
        (StationFault("it fell"), "StationFault: it fell"),
        (KeyboardInterrupt(), "ended by hand"),
    ],
)
def test_an_error_in_words(error: BaseException, words: str) -> None:
    assert in_words(error) == words


@pytest.mark.parametrize("kind", [kind for kind in CLASSES if kind is not InputError])
def test_an_error_reaches_another_process(kind: type[LinewalkerError]) -> None:
    there = pickle.loads(pickle.dumps(kind("why")))
    assert (type(there), str(there)) == (kind, "why")


def test_bad_input_reaches_another_process_with_its_place_in_words() -> None:
    error = InputError("wrong", file="plan.yaml", line=7, key="takt_s")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
