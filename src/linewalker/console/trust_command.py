"""What ``linewalker trust`` does and shows."""

from __future__ import annotations

from pathlib import Path

from cryptography import x509
from rich.table import Table

from linewalker.console.terminal import terminal
from linewalker.errors import InputError
from linewalker.factory.opcua.certificates import default_folder
from linewalker.factory.opcua.credentials import PasswordCheck, read_credentials
from linewalker.factory.opcua.identities import Identity, Role, read_identities, write_identities
from linewalker.factory.opcua.trust import KnownCertificate, TrustFolder
from linewalker.messages.catalogue import say

_SHOWN_DIGITS = 16


def show_trust() -> None:
    """The table of certificates and the one of identities."""
    console, folder = terminal(), TrustFolder(default_folder())
    certificates = Table(title=say(f"certificates in {folder.folder}"), title_justify="left", box=None)
    for heading in ("", "fingerprint", "name", "until"):
        certificates.add_column(say(heading), overflow="fold")
    for known in folder.certificates():
        certificates.add_row(say(known.kind), known.fingerprint[:_SHOWN_DIGITS], *_name_and_end(known))
    console.print(certificates)
    people = Table(title=say("who may log in, besides the line"), title_justify="left", box=None)
    for heading in ("name", "role", "with"):
        people.add_column(say(heading), overflow="fold")
    for identity in read_identities(folder.folder):
        how = say(f"certificate {identity.certificate[:_SHOWN_DIGITS]}") if identity.certificate else say("password")
        people.add_row(identity.name, say(identity.role.value), how)
    console.print(people)
    if not folder.certificates("trusted"):
        told = "no certificate is trusted yet: whoever knows a password is let in, whatever its certificate"
        console.print(say(told), soft_wrap=True)


def _name_and_end(known: KnownCertificate) -> tuple[str, str]:
    try:
        certificate = x509.load_der_x509_certificate(known.content)
        return certificate.subject.rfc4514_string(), f"{certificate.not_valid_after_utc:%Y-%m-%d}"
    except ValueError:
        return say("no certificate"), ""


def trust(certificate: str, name: str | None, role: str) -> None:
    """Trust one; with a name it logs in by itself.

    Raises:
        InputError: there is no such certificate, or the folder can not be written.
    """
    folder = TrustFolder(default_folder())
    known = folder.add(certificate)
    terminal().print(say(f"trusted: {known.fingerprint}"), soft_wrap=True)
    if name is not None:
        _keep(Identity(name=name, role=Role(role), certificate=known.fingerprint))


def distrust(certificate: str) -> None:
    """Trust one no longer.

    Raises:
        InputError: there is no such certificate, or the folder can not be written.
    """
    folder = TrustFolder(default_folder())
    known = folder.reject(certificate)
    left = [one for one in read_identities(folder.folder) if one.certificate != known.fingerprint]
    write_identities(folder.folder, left)
    terminal().print(say(f"rejected: {known.fingerprint}"), soft_wrap=True)


def keep_user(name: str, role: str, password_file: Path | None) -> None:
    """Somebody who logs in with a password.

    Raises:
        InputError: there is no password, or it is too short, or the folder can not be written.
    """
    check = PasswordCheck.for_password_of(read_credentials(name, password_file))
    _keep(Identity(name=name, role=Role(role), check=check))


def _keep(identity: Identity) -> None:
    folder = default_folder()
    others = [one for one in read_identities(folder) if one.name != identity.name]
    write_identities(folder, [*others, identity])
    terminal().print(say(f"may log in: {identity.name}, {identity.role.value}"), soft_wrap=True)


def remove_user(name: str) -> None:
    """Somebody who may log in no longer.

    Raises:
        InputError: there is no such name.
    """
    folder = default_folder()
    known = read_identities(folder)
    if name not in [one.name for one in known]:
        there = ", ".join(one.name for one in known) or "none"
        raise InputError(f"there is no '{name}'; there are: {there}")
    write_identities(folder, [one for one in known if one.name != name])
    terminal().print(say(f"removed: {name}"), soft_wrap=True)
