"""An OPC UA server that lets nobody in without user name and password over an encrypted channel.

asyncua 2.1 is made for trying things out: its default takes any password, makes whoever is called "admin" an
administrator, and answers unencrypted channels even when only encrypted ones are offered. What is closed here:

- one user with one password; no anonymous, no administrator, no certificate log-in;
- a session is activated only on a channel that has a client certificate, that is, an encrypted one (an unencrypted
  channel still lists the endpoints, as discovery needs);
- nobody registers other servers here;
- a write must have the exact type, length and range of its signal;
- an index range is kept to, in reads, writes and subscriptions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from asyncua import Server, ua
from asyncua.common.utils import ServiceError
from asyncua.crypto.permission_rules import User, UserRole
from asyncua.server.address_space import AttributeService
from asyncua.server.internal_server import InternalServer
from asyncua.server.internal_session import InternalSession

from linewalker.factory.handshake.signals import NAMESPACE_URI, LineImage, Signal, signals_of
from linewalker.factory.opcua.certificates import STATION_URI, ApplicationCertificate
from linewalker.factory.opcua.credentials import Credentials, PasswordCheck
from linewalker.factory.opcua.image import add_image_nodes, node_ids, refusal
from linewalker.factory.opcua.ranges import RangedItems, RangeRefused, part_of, with_part

_MOST_CONNECTIONS = 32


class _OneUser:
    """asyncua's user manager interface, for the one user there is."""

    def __init__(self, check: PasswordCheck, user: str):
        self._check, self._user = check, user

    def get_user(
        self,
        iserver: InternalServer,  # noqa: ARG002  asyncua's signature
        username: str | None = None,
        password: str | None = None,
        certificate: Any = None,  # noqa: ARG002
    ) -> User | None:
        if username is None or password is None or not self._check.accepts(username, password):
            return None
        return User(role=UserRole.User, name=self._user)


class _EncryptedSession(InternalSession):
    """A session that is not activated over an unencrypted channel."""

    def activate_session(
        self, params: ua.ActivateSessionParameters, peer_certificate: bytes | None
    ) -> ua.ActivateSessionResult:
        if not peer_certificate:
            raise ServiceError(ua.StatusCodes.BadSecurityModeInsufficient)
        return super().activate_session(params, peer_certificate)

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
    """Refuses values that are not what the signal is, and keeps to index ranges."""

    def __init__(self, aspace: Any, signals: Mapping[ua.NodeId, Signal]):
        super().__init__(aspace)
        self._signals = signals

    def read(self, params: ua.ReadParameters) -> list[ua.DataValue]:
        return [part_of(value, item.IndexRange) for value, item in zip(super().read(params), params.NodesToRead)]

    async def write(self, params: ua.WriteParameters, user: User) -> list[ua.StatusCode]:
        results: list[ua.StatusCode] = []
        for item in params.NodesToWrite:
            signal = self._signals.get(item.NodeId)
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
    """asyncua's inner server with the holes closed."""

    def create_session(
        self,
        name: str,
        user: User = User(role=UserRole.Anonymous),  # noqa: B008  asyncua's signature; never changed
        external: bool = False,
    ) -> InternalSession:
        return _EncryptedSession(self, self.aspace, self.subscription_service, name, user=user, external=external)

    def register_server(self, server: Any, conf: Any = None) -> None:  # noqa: ARG002  asyncua's signature
        raise ServiceError(ua.StatusCodes.BadServiceUnsupported)


async def build_server(
    endpoint: str, credentials: Credentials, certificate: ApplicationCertificate
) -> tuple[Server, int]:
    """A server with the station's image in it, not started yet.

    Returns:
        the server and the index of the image's namespace.
    """
    inner = _LockedServer(user_manager=_OneUser(PasswordCheck(credentials), credentials.user))
    inner.allow_remote_admin = False
    inner.max_connections = _MOST_CONNECTIONS
    server = Server(iserver=inner)
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
    return server, namespace
