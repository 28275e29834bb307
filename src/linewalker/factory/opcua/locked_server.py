"""An OPC UA server that lets nobody in without user name and password over an encrypted channel.

asyncua 2.1 is made for trying things out: its default takes any password, makes whoever is called "admin" an
administrator, and answers unencrypted channels even when only encrypted ones are offered. What is closed here:

- one user with one password, and five guesses; no anonymous, no administrator, no certificate log-in;
- a session is activated only on a channel that has a client certificate, that is, an encrypted one (an unencrypted
  channel still lists the endpoints, as discovery needs);
- nobody registers other servers here;
- a write must have the exact type, length and range of its signal, and come from the one session that holds the lease;
- an index range is kept to, in reads, writes and subscriptions.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from asyncua import ua
from asyncua.common.utils import ServiceError
from asyncua.crypto.permission_rules import User, UserRole
from asyncua.server.address_space import AttributeService
from asyncua.server.internal_server import InternalServer
from asyncua.server.internal_session import InternalSession

from linewalker.factory.handshake.signals import NAMESPACE_URI, LineImage, Signal, signals_of
from linewalker.factory.handshake.write_lease import WriteLease, Writer
from linewalker.factory.opcua.certificates import STATION_URI, ApplicationCertificate
from linewalker.factory.opcua.credentials import PasswordCheck
from linewalker.factory.opcua.image import add_image_nodes, node_ids, refusal
from linewalker.factory.opcua.limits import LimitedServer, LimitedSession
from linewalker.factory.opcua.lockout import Lockout
from linewalker.factory.opcua.ranges import RangedItems, RangeRefused, part_of, with_part


class _OneUser:
    """asyncua's user manager interface, for the one user there is."""

    def __init__(self, check: PasswordCheck):
        self._check = check

    def get_user(
        self,
        iserver: InternalServer,  # noqa: ARG002  asyncua's signature
        username: str | None = None,
        password: str | None = None,
        certificate: Any = None,  # noqa: ARG002
    ) -> User | None:
        if username is None or password is None or not self._check.accepts(username, password):
            return None
        return User(role=UserRole.User, name=self._check.user)


class _LockedSession(LimitedSession):
    """A session that is not activated over an unencrypted channel, and writes while it holds the lease."""

    _certificate = b""

    def activate_session(
        self, params: ua.ActivateSessionParameters, peer_certificate: bytes | None
    ) -> ua.ActivateSessionResult:
        if not peer_certificate:
            raise ServiceError(ua.StatusCodes.BadSecurityModeInsufficient)
        self._certificate, lockout, host = peer_certificate, self.iserver.lockout, str(self.name[0])
        if lockout.shut(host, peer_certificate):
            raise ServiceError(ua.StatusCodes.BadUserAccessDenied)
        try:
            result = super().activate_session(params, peer_certificate)
        except ServiceError:
            if isinstance(params.UserIdentityToken, ua.UserNameIdentityToken):
                lockout.note(host, peer_certificate, accepted=False)
            raise
        lockout.note(host, peer_certificate, accepted=True)
        return result

    async def write(self, params: ua.WriteParameters) -> list[ua.StatusCode]:
        """As asyncua's; what is of the line is refused, with all beside it, while another session speaks for it."""
        lease, life, signals = self.iserver.lease, self.iserver.life_counter, self.iserver.attribute_service.signals
        if not self.external or not any(item.NodeId in signals for item in params.NodesToWrite):
            return await super().write(params)
        host, port = self.name[:2]  # asyncua names a session after its peer
        writer = Writer(session=self.session_id.Identifier, identity=self._certificate, name=f"{host}:{port}")
        if not lease.admits(writer):
            return [ua.StatusCode(ua.StatusCodes.BadLocked) for _ in params.NodesToWrite]
        codes = await super().write(params)
        for item, code in zip(params.NodesToWrite, codes):
            if item.NodeId == life and code.is_good():
                lease.beats(item.Value.Value.Value)
        self.iserver.written.set()
        return codes

    async def close_session(self, delete_subs: bool = True) -> None:
        """As asyncua's; whoever spoke for the line said goodbye."""
        self.iserver.lease.leaves(self.session_id.Identifier)
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


class _CheckedAttributes(AttributeService):
    """Refuses values that are not what the signal is, and keeps to index ranges.

    Attributes:
        signals: of the line's image, by node.
    """

    def __init__(self, aspace: Any, signals: Mapping[ua.NodeId, Signal]):
        super().__init__(aspace)
        self.signals = signals

    def read(self, params: ua.ReadParameters) -> list[ua.DataValue]:
        return [part_of(value, item.IndexRange) for value, item in zip(super().read(params), params.NodesToRead)]

    async def write(self, params: ua.WriteParameters, user: User) -> list[ua.StatusCode]:
        results: list[ua.StatusCode] = []
        for item in params.NodesToWrite:
            signal = self.signals.get(item.NodeId)
            code = None
            if signal is not None and item.AttributeId == ua.AttributeIds.Value and user.role is not UserRole.Admin:
                try:
                    item = self._whole(item) if item.IndexRange else item
                    code = refusal(signal, item.Value)
                except RangeRefused as refused:
                    code = refused.code
            if code is not None:
                results.append(ua.StatusCode(code))
            else:
                results += await super().write(ua.WriteParameters(NodesToWrite=[item]), user)
        return results

    def _whole(self, item: ua.WriteValue) -> ua.WriteValue:
        """The write of a whole value in place of one of its part."""
        now = self._aspace.read_attribute_value(item.NodeId, item.AttributeId).Value.Value
        part = item.Value.Value
        content = with_part(now, item.IndexRange, None if part is None else part.Value)
        whole = ua.Variant(content, part.VariantType, is_array=isinstance(content, list))
        return replace(item, IndexRange=None, Value=replace(item.Value, Value=whole))


class _LockedServer(InternalServer):
    """asyncua's inner server with the holes closed.

    Attributes:
        lease: who may write.
        written: set when the line has written.
        life_counter: the node that a line shows by that it lives.
        lockout: who has guessed too often.
    """

    lease: WriteLease
    lockout: Lockout
    written: asyncio.Event
    life_counter: ua.NodeId

    def create_session(
        self,
        name: str,
        user: User = User(role=UserRole.Anonymous),  # noqa: B008  asyncua's signature; never changed
        external: bool = False,
    ) -> InternalSession:
        return _LockedSession(self, self.aspace, self.subscription_service, name, user=user, external=external)

    def register_server(self, server: Any, conf: Any = None) -> None:  # noqa: ARG002  asyncua's signature
        raise ServiceError(ua.StatusCodes.BadServiceUnsupported)


async def build_server(
    endpoint: str, check: PasswordCheck, certificate: ApplicationCertificate, lease: WriteLease
) -> tuple[LimitedServer, int]:
    """A server with the station's image in it, not started yet.

    Args:
        endpoint: where it will listen.
        check: who may log in.
        certificate: of the station.
        lease: who may write the image.

    Returns:
        the server and the index of the image's namespace.
    """
    inner = _LockedServer(user_manager=_OneUser(check))
    inner.allow_remote_admin = False
    server = LimitedServer(inner)
    await server.init()
    server.set_endpoint(endpoint)
    server.set_server_name("Linewalker robot station")
    server.product_uri, server.manufacturer_name = "urn:linewalker", "Linewalker"
    await server.set_application_uri(STATION_URI)
    await server.load_certificate(certificate.certificate)
    await server.load_private_key(certificate.private_key)
    server.set_security_policy(
        [
            ua.SecurityPolicyType.Basic256Sha256_SignAndEncrypt,
            ua.SecurityPolicyType.Aes256Sha256RsaPss_SignAndEncrypt,
        ]
    )
    server.set_identity_tokens([ua.UserNameIdentityToken])
    namespace = await server.register_namespace(NAMESPACE_URI)
    await add_image_nodes(server, namespace)
    signals = {node: signal for node, (_, signal) in zip(node_ids(LineImage, namespace), signals_of(LineImage))}
    inner.attribute_service = _CheckedAttributes(inner.aspace, signals)
    inner.lease, inner.lockout, inner.written = lease, Lockout(), asyncio.Event()
    inner.life_counter = next(node for node, signal in signals.items() if signal.name == "LifeCounter")
    return server, namespace
