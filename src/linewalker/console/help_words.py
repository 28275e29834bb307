"""What the command line says of itself, in the language that is spoken: its help, and what is mistyped."""

from __future__ import annotations

import functools
import inspect
import re
import sys
from collections.abc import Callable
from typing import Any

import typer
from rich.text import Text

from linewalker.messages.catalogue import say
from linewalker.messages.language import Language, language

_PARAGRAPHS = re.compile(r"\n\s*\n")
_FRAMES = {
    "ARGUMENTS_PANEL_TITLE": "Arguments",
    "OPTIONS_PANEL_TITLE": "Options",
    "COMMANDS_PANEL_TITLE": "Commands",
    "REQUIRED_LONG_STRING": "[required]",
    "DEFAULT_STRING": "[default: {}]",
    "ENVVAR_STRING": "[env var: {}]",
}
"""Names in ``typer.rich_utils`` -> what they say."""


def said_help(text: str) -> str:
    """A help text, paragraph by paragraph."""
    paragraphs = (re.sub(r"\s+", " ", part).strip() for part in _PARAGRAPHS.split(inspect.cleandoc(text)))
    return "\n\n".join(say(part) for part in paragraphs)


def speak_help(command: Any) -> None:
    """Have a command, and all below it, explain itself in the language that is spoken; English is as it is written."""
    command.format_help = _framed(command.format_help)
    if language() is not Language.EN:
        command.help, command.short_help = (text and said_help(text) for text in (command.help, command.short_help))
        command.get_usage = _translated(command.get_usage)
        for parameter in command.params:
            parameter.help = (text := getattr(parameter, "help", None)) and said_help(text)
        command.get_params = _with_help_option(command.get_params)
    for below in getattr(command, "commands", {}).values():
        speak_help(below)


def tell(problem: str) -> None:
    """One line to standard error, if there is anything to tell."""
    if problem:
        typer.secho(problem, fg="red", file=sys.stderr)


def labelled(label: str, problem: str) -> str:
    """``error: there is ...``; Chinese wants no blank after its colon."""
    return f"{say(label)} {problem}".replace("： ", "：", 1)


def mistyped(error: typer.TyperException) -> str:
    """One line about an option or a command that is none, and where to read on; empty if its help was shown."""
    problem = error.format_message().rstrip(".")
    if not problem:
        return ""
    context = getattr(error, "ctx", None)
    where = "" if context is None else say(f"(see {context.command_path} --help)")
    return labelled("error:", f"{say(problem)} {where}".rstrip())


def _translated(usage: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda context: usage(context).replace("Usage: ", say("Usage:"), 1)


def _framed(format_help: Callable[..., None]) -> Callable[..., None]:
    """With the words that Typer puts around."""

    def framed(context: Any, formatter: Any) -> None:
        from typer import rich_utils  # not before help is shown: it takes a while

        for name, text in _FRAMES.items():
            setattr(rich_utils, name, say(text))
        if not hasattr(rich_utils._make_rich_text, "__wrapped__"):
            rich_utils._make_rich_text = _folded(rich_utils._make_rich_text)
        format_help(context, formatter)

    return framed


def _folded(make: Callable[..., Any]) -> Callable[..., Any]:
    """Texts that are folded where a column ends: Chinese has no blanks to break a line at."""

    @functools.wraps(make)
    def made(**given: Any) -> Any:
        text = make(**given)
        if isinstance(text, Text):
            text.overflow = "fold"
        return text

    return made


def _with_help_option(get_params: Callable[[Any], list[Any]]) -> Callable[[Any], list[Any]]:
    def parameters(context: Any) -> list[Any]:
        found = get_params(context)
        for parameter in found:
            if parameter.name == "help":
                parameter.help = say(parameter.help)
        return found

    return parameters
