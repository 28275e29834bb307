"""Completions, whole and streamed, give the same calls; whatever is not whole is none."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.brain.language.goal_check import GoalCall
from linewalker.brain.language.model.completion import Completion, read_completion
from linewalker.brain.language.model.model_fault import ModelFault
from linewalker.brain.language.model.wire import Response
from tests.brain.language.model.scripted_server import events, message

CALLS = [("inspect", {"features": ["roof"], "times": 3}), ("home", {})]


def completed(body: bytes, *, streamed: bool = False, status: int = 200) -> Completion:
    """What an answer is read as."""
    return read_completion(Response(status=status, streamed=streamed, body=body), 300)


@pytest.mark.parametrize(("body", "streamed"), [(message(*CALLS), False), (events(*CALLS), True)])
def test_the_calls_come_in_their_order(body: bytes, streamed: bool) -> None:
    assert completed(body, streamed=streamed).calls == tuple(GoalCall(*call) for call in CALLS)


def test_tokens_are_the_server_s_or_guessed_from_bytes() -> None:
    assert completed(message(*CALLS)).tokens == 100
    body = events(*CALLS)
    assert completed(body, streamed=True).tokens == (300 + len(body)) // 3
    lying = json.dumps({"choices": [{"message": {}}], "usage": {"total_tokens": -5}}).encode()
    assert completed(lying).tokens > 0


def test_an_empty_text_of_arguments_is_none_and_an_object_will_do() -> None:
    bare = {"choices": [{"message": {"tool_calls": [{"function": {"name": "home", "arguments": {}}}]}}]}
    assert completed(json.dumps(bare).encode()).calls == (GoalCall("home", {}),)
    assert completed(message(("home", ""))).calls == (GoalCall("home", {}),)


def test_one_that_declines_says_so() -> None:
    assert completed(message(finish="stop", refusal="I can not help with that")).declined


BROKEN = {
    "model_refused": [(message(*CALLS), False, 401), (b"", False, 500), (b"", False, 307)],
    "model_broken_stream": [
        (events(*CALLS, done=False, finish=None), True, 200),
        (events(*CALLS, finish=None), True, 200),
        (events(*CALLS, finish="length"), True, 200),
        (message(*CALLS, finish="length"), False, 200),
        (b"", True, 200),
    ],
    "model_declined": [(message(finish="content_filter"), False, 200)],
    "model_too_long": [(message(*[("home", {})] * 100), False, 200)],
    "model_not_readable": [
        (b"", False, 200),
        (b"<html>", False, 200),
        (b"[]", False, 200),
        (b"\xff\xfe", False, 200),
        (b'{"choices": []}', False, 200),
        (b'{"choices": [{"message": null}]}', False, 200),
        (b'{"choices": [{"message": {"tool_calls": 5}}]}', False, 200),
        (b'{"choices": [{"message": {"tool_calls": ["home"]}}]}', False, 200),
        (message(("home", "{")), False, 200),
        (message(("home", '{"seconds": 1, "seconds": 999}')), False, 200),
        (message(("home", "[" * 100_000)), False, 200),
        (b"data: {\n\n", True, 200),
        (b"data: \xff\n\n", True, 200),
    ],
}


@pytest.mark.parametrize(
    ("code", "body", "streamed", "status"), [(c, *case) for c, cases in BROKEN.items() for case in cases]
)
def test_what_is_no_completion_is_told(code: str, body: bytes, streamed: bool, status: int) -> None:
    with pytest.raises(ModelFault) as caught:
        completed(body, streamed=streamed, status=status)
    assert caught.value.because.code == code


def test_a_stream_that_breaks_anywhere_calls_for_nothing() -> None:
    body = events(*CALLS)
    end = body.index(b'"finish_reason"')
    for cut in range(0, end, 7):
        with pytest.raises(ModelFault):
            completed(body[:cut], streamed=True)


@given(st.binary(max_size=200), st.booleans())
def test_whatever_comes_is_a_completion_or_a_fault(body: bytes, streamed: bool) -> None:
    with contextlib.suppress(ModelFault):
        assert completed(body, streamed=streamed).tokens >= 0
