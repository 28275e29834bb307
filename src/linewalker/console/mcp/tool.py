"""A tool of a client, and the check that holds its arguments to what it says of them."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import anyio
import anyio.to_thread
import jsonschema

from linewalker.brain.language.interpretation import Because
from linewalker.console.mcp.replies import Reply
from linewalker.inspection.title import Title

Report = Callable[[float, float, str], Awaitable[None]]
"""Told how far something has come: done, of how many, and what is done now."""

Arguments = Mapping[str, Any]
Away = Callable[..., Awaitable[Any]]
"""Does something in a thread, so that a stop is heard meanwhile."""

_SLOW_AT_ONCE = 4  # calls that plan or read; a stop is never among them
_LETTERS = 2000

ORDER = {"type": "string", "minLength": 1, "maxLength": _LETTERS, "description": "an order or a question, zh or en"}
AFTER = {
    "type": "array",
    "maxItems": 20,
    "items": {"type": "string", "maxLength": _LETTERS},
    "description": "the earlier orders of this dialogue, the latest last",
}
LANGUAGE = {"type": "string", "enum": ["en", "zh"], "description": "language of the answer; default en"}


@dataclass(frozen=True, kw_only=True, eq=False)
class Tool:
    """One tool.

    Attributes:
        title, meaning: for people, and for whoever chooses.
        properties, required: its arguments, as JSON Schema.
        reads: it changes nothing.
        do: carries it out.
    """

    title: str
    meaning: str
    do: Callable[[Arguments, Report], Awaitable[Reply]]
    properties: Mapping[str, Any] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    reads: bool = True

    @property
    def schema(self) -> dict[str, Any]:
        """Of its arguments."""
        schema = {"type": "object", "properties": dict(self.properties), "additionalProperties": False}
        return schema | {"required": list(self.required)} if self.required else schema


def slow_work() -> Away:
    """Threads for a few calls at once."""
    limiter = anyio.CapacityLimiter(_SLOW_AT_ONCE)

    async def away(work: Callable[..., Any], *arguments: Any) -> Any:
        return await anyio.to_thread.run_sync(work, *arguments, abandon_on_cancel=True, limiter=limiter)

    return away


def objection_to(arguments: Arguments, schema: Mapping[str, Any]) -> Because | None:
    """What is wrong with arguments, if anything is."""
    if _has_no_number(arguments):
        title = Title(zh="参数中有不是有限数字的数", en="a number among the arguments is no finite number")
        return Because(code="not_a_number", title=title)
    if "goals" in arguments and "goals" in schema["properties"] and isinstance(arguments["goals"], list):
        shape = {"type": "object", "required": ["skill"], "properties": {"slots": {}, "skill": {}}}
        goals = {"type": "array", "items": shape | {"additionalProperties": False}}
        schema = {**schema, "properties": {**schema["properties"], "goals": goals}}  # `check_goals` says it better
    for error in jsonschema.Draft202012Validator(schema).iter_errors(dict(arguments)):
        where = ".".join(str(part) for part in error.absolute_path) or "arguments"
        known = ", ".join(schema["properties"]) or "none"
        title = Title(
            zh=f"参数不符：{where}（{error.validator}）；可用参数：{known}",
            en=f"{where}: not as the tool's schema says ({error.validator}); its arguments: {known}",
        )
        unknown = error.validator == "additionalProperties"
        return Because(code="unknown_argument" if unknown else "wrong_arguments", title=title)
    return None


def _has_no_number(value: Any) -> bool:
    if isinstance(value, float):
        return not math.isfinite(value)
    if isinstance(value, Mapping):
        return any(map(_has_no_number, value.values()))
    return isinstance(value, list) and any(map(_has_no_number, value))
