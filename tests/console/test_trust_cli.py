"""The words of ``linewalker trust``."""

from __future__ import annotations

from typer.testing import CliRunner

from linewalker.cli import app
from linewalker.console.trust_cli import RoleName
from linewalker.factory.opcua.identities import Role


def test_the_roles_of_the_command_line_are_those_of_the_station() -> None:
    assert [role.value for role in RoleName] == [role.value for role in Role]


def test_help_names_every_command() -> None:
    said = CliRunner().invoke(app, ["trust", "--help"]).output
    assert all(word in said for word in ("ls", "add", "reject", "user"))
