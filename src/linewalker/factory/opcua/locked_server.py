"""An OPC UA server that lets nobody in without user name and password over an encrypted channel.

asyncua 2.1 is made for trying things out: its default takes any password, makes whoever is called "admin" an
administrator, and answers unencrypted channels even when only encrypted ones are offered. What is closed here:

- who logs in is in the register, with a password or a certificate, a role, and five guesses; no administrator;
- a certificate that has run out, is too weak, another's or not trusted is refused, with the code that says which;
- a session is activated only on a channel that has a client certificate, that is, an encrypted one (an unencrypted
  channel still lists the endpoints, as discovery needs);
- nobody registers other servers here, or changes the address space;
- a write must have the exact type, length and range of its signal, and come from the one session that holds the lease;
- an index range is kept to, in reads, writes and subscriptions.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from asyncua import ua
from asyncua.common.utils import ServiceError
from asyncua.crypto.permission_rules import User, UserRole
from asyncua.server.address_space import AttributeService
from asyncua.server.internal_server import InternalServer
from asyncua.server.internal_session import InternalSession

from linewalker.factory.handshake.signals import NAMESPACE_URI, LineImage, Signal, signals_of
from linewalker.factory.handshake.write_lease import WriteLease
from linewalker.factory.opcua.audit import AuditLog
from linewalker.factory.opcua.certificate_check import certificate_problem, fingerprint
from linewalker.factory.opcua.certificates import STATION_URI
from linewalker.factory.opcua.identities import Register
from linewalker.factory.opcua.image import add_image_nodes, node_ids, refusal
from linewalker.factory.opcua.limits import LimitedServer
from linewalker.factory.opcua.locked_session import LockedSession, People
from linewalker.factory.opcua.lockout import Lockout
from linewalker.factory.opcua.ranges import RangeRefused, part_of, with_part
from linewalker.factory.opcua.server_setup import ServerSetup
from linewalker.factory.opcua.standards.calls import Calls
from linewalker.factory.opcua.trust import TrustFolder


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
        trust: whose certificates are good.
        audit: where it is written who did what.
        insecure: whether unencrypted channels get sessions.
        calls: the methods that are served besides those of OPC UA itself; None: none.
    """

    lease: WriteLease
    lockout: Lockout
    written: asyncio.Event
    trust: TrustFolder
    audit: AuditLog
    insecure: bool
    calls: Calls | None = None
    life_counter: ua.NodeId

    def __init__(self, **options: Any):
        super().__init__(**options)
        self._ending = set[asyncio.Task[None]]()

    def end(self, session: LockedSession) -> None:
        """Close a session soon."""
        task = asyncio.ensure_future(session.close_session())
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    def create_session(
        self,
        name: str,
        user: User = User(role=UserRole.Anonymous),  # noqa: B008  asyncua's signature; never changed
        external: bool = False,
    ) -> InternalSession:
        return LockedSession(self, self.aspace, self.subscription_service, name, user=user, external=external)

    def sessions(self) -> list[LockedSession]:
        """Those in which somebody is logged in."""
        return [session for session in self._external_sessions.values() if session.is_activated()]

    def admit(self, certificate: bytes | None, said: ua.CreateSessionParameters, host: str) -> None:
        """Refuse a client whose certificate will not do.

        Args:
            certificate: of its channel, DER; None: it is not encrypted.
            said: what it says of itself.
            host: whence it comes.

        Raises:
            ServiceError: says why.
        """
        if not certificate:
            return
        now, uri = datetime.now(UTC), said.ClientDescription.ApplicationUri
        problem = certificate_problem(certificate, uri, now)
        if not problem and said.ClientCertificate and not bytes(said.ClientCertificate).startswith(certificate):
            problem = "BadSecurityChecksFailed"
        if not problem and not self.trust.trusts(certificate):
            problem = "BadCertificateUntrusted"
            self.trust.note_rejected(certificate)
        if problem:
            named = {"certificate": fingerprint(certificate), "why": problem, "uri": uri}
            self.audit.note("certificate refused", who="", role="", host=host, **named)
            raise ServiceError(getattr(ua.StatusCodes, problem))


_ENCRYPTED = (
    ua.SecurityPolicyType.Basic256Sha256_SignAndEncrypt,
    ua.SecurityPolicyType.Aes256Sha256RsaPss_SignAndEncrypt,
)


async def build_server(setup: ServerSetup, lease: WriteLease) -> tuple[LimitedServer, int]:
    """A server with the station's image in it, not started yet.

    Args:
        setup: what it is to serve, and whom.
        lease: who may write the image.

    Returns:
        the server and the index of the image's namespace.
    """
    inner = _LockedServer(user_manager=People(Register(setup.identities, setup.pki), insecure=setup.insecure))
    inner.allow_remote_admin = False
    server = LimitedServer(inner)
    await server.init()
    server.set_endpoint(setup.endpoint)
    server.set_server_name("Linewalker robot station")
    server.product_uri, server.manufacturer_name = "urn:linewalker", "Linewalker"
    await server.set_application_uri(STATION_URI)
    await server.load_certificate(setup.pair.certificate)
    await server.load_private_key(setup.pair.private_key)
    open_too = setup.insecure
    server.set_security_policy([*_ENCRYPTED, *([ua.SecurityPolicyType.NoSecurity] if open_too else [])])
    server.set_identity_tokens(
        [ua.UserNameIdentityToken, ua.X509IdentityToken, *([ua.AnonymousIdentityToken] if open_too else [])]
    )
    namespace = await server.register_namespace(NAMESPACE_URI)
    await add_image_nodes(server, namespace)
    signals = {node: signal for node, (_, signal) in zip(node_ids(LineImage, namespace), signals_of(LineImage))}
    inner.attribute_service = _CheckedAttributes(inner.aspace, signals)
    inner.lease, inner.lockout, inner.written = lease, Lockout(), asyncio.Event()
    inner.trust, inner.audit, inner.insecure = TrustFolder(setup.pki), AuditLog(setup.audit), setup.insecure
    inner.life_counter = next(node for node, signal in signals.items() if signal.name == "LifeCounter")
    return server, namespace
