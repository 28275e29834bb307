"""Reads a chat completion, whole or streamed, into the tool calls in it. Whatever else a model says is dropped."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from linewalker.brain.language.goal_check import GoalCall
from linewalker.brain.language.model.model_fault import model_fault
from linewalker.brain.language.model.wire import Response

_MOST_CALLS = 64


@dataclass(frozen=True, kw_only=True)
class Completion:
    """What a model calls for.

    Attributes:
        calls: in its order.
        tokens: that were used, as the server says, or as many as the bytes suggest.
        declined: it says that it will not.
    """

    calls: tuple[GoalCall, ...]
    tokens: int
    declined: bool = False


def read_completion(answer: Response, sent_bytes: int) -> Completion:
    """The completion in an answer.

    Args:
        sent_bytes: of the request, for a server that does not count.

    Raises:
        ModelFault: it is none, is not whole, or the server refused.
    """
    if answer.status != 200:
        raise model_fault("model_refused", f"HTTP {answer.status}")
    try:
        message, usage = _streamed(answer.body) if answer.streamed else _whole(answer.body)
        calls = tuple(_call(entry) for entry in message.get("tool_calls") or ())
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise model_fault("model_not_readable", type(error).__name__) from None
    if len(calls) > _MOST_CALLS:
        raise model_fault("model_too_long", f"{len(calls)} calls")
    guessed = (sent_bytes + len(answer.body)) // 3
    return Completion(calls=calls, tokens=_tokens(usage, guessed), declined=bool(message.get("refusal")))


def _whole(body: bytes) -> tuple[Mapping[str, Any], Any]:
    document = _object(json.loads(body))
    choice = document["choices"][0]
    _expect_end(choice.get("finish_reason"))
    return _object(choice["message"]), document.get("usage")


def _streamed(body: bytes) -> tuple[Mapping[str, Any], Any]:
    """The pieces of a stream put together; one that has not come to its end is none."""
    calls: dict[int, dict[str, Any]] = {}
    usage, finish, refusal = None, None, ""
    for chunk in _events(body):
        usage = chunk.get("usage") or usage
        for choice in chunk.get("choices") or ():
            delta = choice.get("delta") or {}
            finish = choice.get("finish_reason") or finish
            refusal += delta.get("refusal") or ""
            for piece in delta.get("tool_calls") or ():
                function = piece.get("function") or {}
                call = calls.setdefault(int(piece["index"]), {"name": "", "arguments": ""})
                call["name"] += function.get("name") or ""
                call["arguments"] += function.get("arguments") or ""
    if finish is None:
        raise model_fault("model_broken_stream")
    _expect_end(finish)
    return {"tool_calls": [{"function": calls[index]} for index in sorted(calls)], "refusal": refusal}, usage


def _events(body: bytes) -> Iterator[Mapping[str, Any]]:
    for line in body.decode().split("\n"):  # by nothing else: texts in it may have other separators of lines
        if line.startswith("data:"):
            data = line.removeprefix("data:").strip()
            if data == "[DONE]":
                return
            yield _object(json.loads(data))


def _expect_end(finish: object) -> None:
    """Calls of a model that was cut off are not whole, whatever they look like."""
    if finish == "length":
        raise model_fault("model_broken_stream", "length")
    if finish == "content_filter":
        raise model_fault("model_declined")


def _call(entry: Mapping[str, Any]) -> GoalCall:
    function = _object(entry["function"])
    arguments = function.get("arguments")
    if isinstance(arguments, str):
        arguments = json.loads(arguments, object_pairs_hook=_once) if arguments.strip() else {}
    return GoalCall(function.get("name"), arguments)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names stand in it once: of two values nobody knows which is meant."""
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a name stands twice")
    return dict(pairs)


def _object(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise TypeError("no object")
    return value


def _tokens(usage: Any, guessed: int) -> int:
    said = usage.get("total_tokens") if isinstance(usage, Mapping) else None
    return said if type(said) is int and said > 0 else guessed
