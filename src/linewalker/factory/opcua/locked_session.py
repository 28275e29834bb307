"""One client's session: who it is, whether there is a place for it, and what it may write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from asyncua import ua
from asyncua.common.utils import ServiceError
from asyncua.crypto.permission_rules import User, UserRole
from asyncua.server.internal_server import InternalServer
from asyncua.server.internal_session import InternalSession

from linewalker.factory.handshake.write_lease import Writer
from linewalker.factory.opcua.certificate_check import fingerprint
from linewalker.factory.opcua.identities import Register, Role
from linewalker.factory.opcua.limits import MOST_SESSIONS
from linewalker.factory.opcua.ranges import RangedItems


@dataclass
class Person(User):
    """Whoever logged in."""

    station_role: Role = Role.OBSERVER


_ANONYMOUS = Person(role=UserRole.User, name="anonymous", station_role=Role.OBSERVER)
_OBSERVERS_PLACES = MOST_SESSIONS - 4
"""The rest is kept free for the line."""


class People:
    """asyncua's user manager interface, for those in the register.

    Attributes:
        token: what is shown just now: a name and a password, a certificate, or nothing.
    """

    token: type = ua.UserNameIdentityToken

    def __init__(self, register: Register, *, insecure: bool):
        self._register, self._insecure = register, insecure

    def get_user(
        self,
        iserver: InternalServer,  # noqa: ARG002  asyncua's signature
        username: str | None = None,
        password: str | None = None,
        certificate: Any = None,
    ) -> User | None:
        if self.token is ua.UserNameIdentityToken:
            found = self._register.by_password(username or "", password or "")
        elif self.token is ua.X509IdentityToken:
            found = self._register.by_certificate(fingerprint(certificate))
        else:
            return _ANONYMOUS if self._insecure else None
        return found and Person(role=UserRole.User, name=found.name, station_role=found.role)


class LockedSession(InternalSession):
    """A session that is not activated over an unencrypted channel, and writes while it holds the lease."""

    _certificate: bytes | None = None

    def __init__(self, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self._noted = dict[str, tuple[Any, str]]()

    def activate_session(
        self, params: ua.ActivateSessionParameters, peer_certificate: bytes | None
    ) -> ua.ActivateSessionResult:
        inner, token, host = self.iserver, type(params.UserIdentityToken), str(self.name[0])
        if not peer_certificate and not inner.insecure:
            raise ServiceError(ua.StatusCodes.BadSecurityModeInsufficient)
        if self._certificate not in (None, peer_certificate or b""):
            raise ServiceError(ua.StatusCodes.BadSecurityChecksFailed)
        self._certificate = peer_certificate or b""
        if inner.lockout.shut(host, self._certificate):
            self.note("log-in while locked out")
            raise ServiceError(ua.StatusCodes.BadUserAccessDenied)
        secret = token in (ua.UserNameIdentityToken, ua.X509IdentityToken)
        inner.user_manager.token = token if secret else ua.AnonymousIdentityToken
        try:
            result = super().activate_session(params, peer_certificate)
        except ServiceError:
            if secret:
                inner.lockout.note(host, self._certificate, accepted=False)
            self.note("log-in refused", name=getattr(params.UserIdentityToken, "UserName", None))
            raise
        if secret:
            inner.lockout.note(host, self._certificate, accepted=True)
        self._take_place()
        self.note("log-in", certificate=fingerprint(self._certificate) if self._certificate else "")
        return result

    def _take_place(self) -> None:
        """There are places that only the line gets; where even these are taken, whoever was silent longest leaves."""
        others = [one for one in self.iserver.sessions() if one is not self]
        if self.user.station_role.has_a_place:
            if len(others) >= MOST_SESSIONS:
                holder = self.iserver.lease.holder
                speaks = None if holder is None else holder.session
                may_leave = [one for one in others if one.session_id.Identifier != speaks]
                self.iserver.end(min(may_leave, key=lambda one: one._last_activity))
        elif len(others) >= _OBSERVERS_PLACES:
            self.iserver.end(self)
            self.note("log-in refused", why="too many sessions")
            raise ServiceError(ua.StatusCodes.BadTooManySessions)

    def note(self, what: str, **more: Any) -> None:
        """Into the audit log."""
        person = self.user if isinstance(self.user, Person) else None
        who, role = ("", "") if person is None else (str(person.name), person.station_role.value)
        host, port = self.name[:2]  # asyncua names a session after its peer
        self.iserver.audit.note(what, who=who, role=role, host=f"{host}:{port}", **more)

    async def write(self, params: ua.WriteParameters) -> list[ua.StatusCode]:
        """As asyncua's; what is of the line is refused, with all beside it, while another session speaks for it."""
        if not self.external:
            return await super().write(params)
        codes = await self._write(params)
        life, signals = self.iserver.life_counter, self.iserver.attribute_service.signals
        for item, code in zip(params.NodesToWrite, codes):
            if item.NodeId != life or not code.is_good():
                signal, value = signals.get(item.NodeId), item.Value.Value
                node = "another node" if signal is None else signal.name
                self._note_write(node, None if value is None else _shown(value.Value), code.name)
        return codes

    def _note_write(self, node: str, value: Any, code: str) -> None:
        """What says the same again is no news: a PLC may write its whole image ten times a second."""
        if self._noted.get(node) != (value, code):
            self._noted[node] = value, code
            self.note("write", node=node, value=value, code=code)

    async def _write(self, params: ua.WriteParameters) -> list[ua.StatusCode]:
        lease, life, signals = self.iserver.lease, self.iserver.life_counter, self.iserver.attribute_service.signals
        if not self.user.station_role.writes:
            return [ua.StatusCode(ua.StatusCodes.BadUserAccessDenied) for _ in params.NodesToWrite]
        if not any(item.NodeId in signals for item in params.NodesToWrite):
            return await super().write(params)
        host, port = self.name[:2]
        before, certificate = lease.holder, self._certificate or b""
        writer = Writer(session=self.session_id.Identifier, identity=certificate, name=f"{host}:{port}")
        if not lease.admits(writer):
            return [ua.StatusCode(ua.StatusCodes.BadLocked) for _ in params.NodesToWrite]
        if before is None or before.session != writer.session:
            self.note("speaks for the line")
        codes = await super().write(params)
        for item, code in zip(params.NodesToWrite, codes):
            if item.NodeId == life and code.is_good():
                lease.beats(item.Value.Value.Value)
        self.iserver.written.set()
        return codes

    @property
    def role(self) -> Role:
        """What whoever logged in may do."""
        return self.user.station_role if isinstance(self.user, Person) else Role.OBSERVER

    async def call(self, params: list[ua.CallMethodRequest]) -> list[ua.CallMethodResult]:
        """As asyncua's; methods of ours are told who calls."""
        if self.iserver.calls is None:
            return await super().call(params)
        results: list[ua.CallMethodResult] = []
        for request in params:
            ours = await self.iserver.calls.call(self, request)
            results += [ours] if ours is not None else await super().call([request])
        return results

    async def close_session(self, delete_subs: bool = True) -> None:
        """As asyncua's; whoever spoke for the line said goodbye."""
        self.iserver.lease.leaves(self.session_id.Identifier)
        if self.is_activated():
            self.note("log-out")
        await super().close_session(delete_subs)

    async def create_subscription(
        self,
        params: ua.CreateSubscriptionParameters,
        callback: Callable[..., Any],
        request_callback: Callable[..., Any] | None = None,
    ) -> ua.CreateSubscriptionResult:
        result = await super().create_subscription(params, callback, request_callback)
        subscription = self.subscription_service.subscriptions[result.SubscriptionId]
        subscription.monitored_item_srv = RangedItems(subscription, self.aspace)
        return result


def _shown(value: Any) -> Any:
    return value if isinstance(value, bool | int | float | str | list) else str(value)
