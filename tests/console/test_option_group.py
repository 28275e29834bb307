"""A command that takes a record has the options of its fields, with their defaults, helps and callbacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import typer
from typer.main import get_command
from typer.testing import CliRunner

from linewalker.console.option_group import with_groups
from linewalker.errors import InputError


def _loud(text: str) -> str:
    return text.upper()


@dataclass(frozen=True, kw_only=True)
class Base:
    colour: Annotated[str, typer.Option("--colour", callback=_loud, help="Of what.")] = "red"


@dataclass(frozen=True, kw_only=True)
class More(Base):
    size: Annotated[int, typer.Option("--size", min=1)] = 3

    def __post_init__(self) -> None:
        if self.colour == "PINK":
            raise InputError("no pink")


taken: list[Any] = []
app = typer.Typer()


@app.command()
@with_groups
def paint(
    thing: Annotated[str, typer.Argument()], more: More, twice: Annotated[bool, typer.Option("--twice")] = False
) -> None:
    """Paint a thing."""
    taken.append((thing, more, twice))


def test_fields_are_options() -> None:
    command: Any = get_command(app)
    assert [parameter.name for parameter in command.params if parameter.name != "help"][:4] == [
        "thing",
        "colour",
        "size",
        "twice",
    ]
    assert CliRunner().invoke(app, ["box", "--size", "5", "--twice"]).exit_code == 0
    assert taken[-1] == ("box", More(colour="RED", size=5), True)
    assert CliRunner().invoke(app, ["box", "--size", "0"]).exit_code == 2
    assert "Paint a thing" in CliRunner().invoke(app, ["--help"]).output


def test_what_a_record_refuses_is_refused() -> None:
    done = CliRunner().invoke(app, ["box", "--colour", "pink"])
    assert isinstance(done.exception, InputError)
