"""``linewalker trust``: whom a station talks to, and who may do what there."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from linewalker.console.given_paths import file_to_read

trust_app = typer.Typer(
    help="Whose certificates a station trusts, and who may log in with what role (docs/security.md).",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class RoleName(StrEnum):
    """See `identities.Role`, which costs more to import than help may."""

    OBSERVER = "observer"
    LINE = "line"
    ENGINEER = "engineer"


CertificateArgument = Annotated[
    str, typer.Argument(metavar="CERTIFICATE", help="A file (DER, PEM), or the first digits of a fingerprint.")
]
RoleOption = Annotated[RoleName, typer.Option("--role", help="What it may do.")]


@trust_app.command("ls")
def ls() -> None:
    """List certificates, own, trusted and rejected, and who may log in."""
    from linewalker.console.trust_command import show_trust

    show_trust()


@trust_app.command("add")
def add(
    certificate: CertificateArgument,
    name: Annotated[
        str | None, typer.Option("--name", help="Let it log in by itself, without a password, under this name.")
    ] = None,
    role: RoleOption = RoleName.LINE,
) -> None:
    """Trust a certificate; from the first one on, clients with others are refused."""
    from linewalker.console.trust_command import trust

    trust(certificate, name, role.value)


@trust_app.command("reject")
def reject(certificate: CertificateArgument) -> None:
    """Trust a certificate no longer; who logs in with it does so no more."""
    from linewalker.console.trust_command import distrust

    distrust(certificate)


@trust_app.command("user")
def user(
    name: Annotated[str, typer.Argument(help="As it logs in.")],
    role: RoleOption = RoleName.OBSERVER,
    password_file: Annotated[
        Path | None,
        typer.Option("--password-file", callback=file_to_read, help="Its first line is the password; a hash is kept."),
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="It may log in no longer.")] = False,
) -> None:
    """Let somebody log in with a name and a password."""
    from linewalker.console.trust_command import keep_user, remove_user

    if remove:
        remove_user(name)
    else:
        keep_user(name, role.value, password_file)
