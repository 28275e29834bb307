"""An OPC UA server that lets nobody in without user name and password over an encrypted channel.

asyncua 2.1 is made for trying things out: its default takes any password, makes whoever is called "admin" an
administrator, and answers unencrypted channels even when only encrypted ones are offered. What is closed here:

- one user with one password; no anonymous, no administrator, no certificate log-in;
- a session is activated only on a channel that has a client certificate, that is, an encrypted one (an unencrypted
  channel still lists the endpoints, as discovery needs);
- nobody registers other servers here;
- a write must have the exact type, length and range of its signal.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from asyncua import Server, ua
from asyncua.common.utils import ServiceError
from asyncua.crypto.permission_rules import User, UserRole
from asyncua.server.address_space import AttributeService
from asyncua.server.internal_server import InternalServer
from asyncua.server.internal_session import InternalSession

from linewalker.factory.certificates import STATION_URI, ApplicationCertificate
from linewalker.factory.credentials import Credentials, PasswordCheck
from linewalker.factory.opcua_image import add_image_nodes, node_ids, refusal
from linewalker.factory.signals import NAMESPACE_URI, LineImage, Signal, signals_of

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


class _CheckedWrites(AttributeService):
    """Refuses values that are not what the signal is."""

    def __init__(self, aspace: Any, signals: Mapping[ua.NodeId, Signal]):
        super().__init__(aspace)
        self._signals = signals

    async def write(self, params: ua.WriteParameters, user: User) -> list[ua.StatusCode]:
        results: list[ua.StatusCode] = []
        for item in params.NodesToWrite:
            signal = self._signals.get(item.NodeId)
            code = None
            if signal is not None and item.AttributeId == ua.AttributeIds.Value and user.role is not UserRole.Admin:
                code = refusal(signal, item.Value, item.IndexRange)
            if code is not None:
                results.append(ua.StatusCode(code))
            else:
                results += await super().write(ua.WriteParameters(NodesToWrite=[item]), user)
        return results


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
    inner.attribute_service = _CheckedWrites(inner.aspace, signals)
    return server, namespace
