"""A line's connection to a station over OPC UA: encrypted, to the right station, and back again when it broke."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from pathlib import Path

from asyncua import Client, ua
from asyncua.crypto.security_policies import SecurityPolicyBasic256Sha256
from asyncua.crypto.uacrypto import CertProperties

from linewalker.errors import InputError, StationFault
from linewalker.factory.handshake.backoff import Backoff
from linewalker.factory.handshake.signals import NAMESPACE_URI, LineImage, StationImage, signals_of
from linewalker.factory.opcua.certificates import LINE_URI, ensure_certificate
from linewalker.factory.opcua.credentials import Credentials
from linewalker.factory.opcua.endpoint import check_endpoint
from linewalker.factory.opcua.image import image_of, node_ids, variant_of

_ACTING = ("start_inspect", "ack_result", "fault_reset")
_FIRST_RETRY_S, _LONGEST_RETRY_S = 0.2, 5.0

_REFUSED = (ua.uaerrors.BadUserAccessDenied, ua.uaerrors.BadIdentityTokenRejected, ua.uaerrors.BadIdentityTokenInvalid)
_BROKEN = (OSError, asyncio.TimeoutError, ua.UaError)

logging.getLogger("asyncua").addHandler(logging.NullHandler())


class StationLink:
    """A `LineLink`: a connection that comes back, more and more patiently. A broken one reads as None."""

    def __init__(
        self,
        *,
        endpoint: str,
        credentials: Credentials,
        pki: Path | None = None,
        station_certificate: Path | None = None,
        connect_timeout_s: float = 60.0,
        answer_timeout_s: float = 5.0,
    ):
        """
        Args:
            endpoint: of the station.
            credentials: user and password the station wants.
            pki: folder of the line's own certificate.
            station_certificate: talk to the station with this certificate (DER) only; None trusts whoever answers
                at the endpoint.
            connect_timeout_s: how long to look for the station before giving up.
            answer_timeout_s: a request that is not answered within means a broken connection.

        Raises:
            InputError: the endpoint is none, or the pinned certificate is not there.
        """
        check_endpoint(endpoint)
        if station_certificate is not None and not station_certificate.is_file():
            raise InputError("there is no such certificate of the station", file=station_certificate)
        self._endpoint = endpoint
        self._credentials = credentials
        self._pair = ensure_certificate("line", LINE_URI, pki)
        self._station_certificate = station_certificate
        self._connect_timeout_s = connect_timeout_s
        self._answer_timeout_s = answer_timeout_s
        self._client: Client | None = None
        self._out: list[ua.NodeId] = []
        self._in: list[ua.NodeId] = []
        self._written: LineImage | None = None
        self._backoff = Backoff(_FIRST_RETRY_S, _LONGEST_RETRY_S)
        self._retry_at_s = 0.0

    @property
    def client(self) -> Client | None:
        """The connection itself, for what no image says; None while there is none."""
        return self._client

    async def connect(self, give_up: Callable[[], bool]) -> None:
        """Connect for the first time; keeps trying until the timeout, or until ``give_up`` says so.

        Raises:
            StationFault: no station answers.
            InputError: the station refuses the credentials, or is not the pinned one.
        """
        deadline_s = time.monotonic() + self._connect_timeout_s
        while True:
            try:
                await self._open()
                return
            except _BROKEN as error:
                if time.monotonic() > deadline_s or give_up():
                    raise StationFault(
                        f"no station answers at {self._endpoint} ({_in_words(error)}); "
                        "start one with 'linewalker station', or give its address with --endpoint"
                    ) from None
            await asyncio.sleep(self._backoff.pause_s())

    async def read(self) -> StationImage | None:
        """What the station says, or None while there is no connection."""
        if self._client is None and not await self._reopened():
            return None
        assert self._client is not None
        try:
            values = await self._client.uaclient.read_attributes(self._out, ua.AttributeIds.Value)
        except _BROKEN:
            await self.close()
            return None
        missing = [node.Identifier for node, value in zip(self._out, values) if value.Value is None]
        if missing:
            raise StationFault(f"the station at {self._endpoint} has no signal {', '.join(missing)}")
        return image_of(StationImage, (value.Value.Value for value in values))

    async def write(self, image: LineImage) -> None:
        """Write what changed: first what the station is told, then the bits that make it act.

        Without a connection, or while another session speaks for the line, nothing is written; then comes the whole
        image.
        """
        if self._client is None:
            return
        changed = [
            (name, node, variant_of(signal, getattr(image, name)))
            for (name, signal), node in zip(signals_of(LineImage), self._in)
            if self._written is None or getattr(image, name) != getattr(self._written, name)
        ]
        for acting in (False, True):
            batch = [(node, variant) for name, node, variant in changed if (name in _ACTING) is acting]
            if not batch:
                continue
            try:
                codes = await self._client.uaclient.write_attributes(
                    [node for node, _ in batch], [ua.DataValue(variant) for _, variant in batch]
                )
            except _BROKEN:
                await self.close()
                return
            if any(code.value == ua.StatusCodes.BadLocked for code in codes):
                self._written = None  # another session speaks for the line, maybe our own of before: try again
                return
            for code, (node, _) in zip(codes, batch):
                if not code.is_good():
                    raise StationFault(f"the station refused to let {node.Identifier} be written: {code.name}")
        self._written = image

    async def close(self) -> None:
        """Drop the connection; a broken one can not say goodbye."""
        client, self._client, self._written = self._client, None, None
        if client is not None:
            await _say_goodbye(client)

    async def _reopened(self) -> bool:
        if time.monotonic() < self._retry_at_s:
            return False
        try:
            await self._open()
        except _BROKEN:
            self._retry_at_s = time.monotonic() + self._backoff.pause_s()
            return False
        return True

    async def _open(self) -> None:
        client = Client(self._endpoint, timeout=self._answer_timeout_s, watchdog_intervall=self._answer_timeout_s)
        client.application_uri = LINE_URI
        client.set_user(self._credentials.user)
        client.set_password(self._credentials.password)
        try:
            await self._encrypt(client)
            await client.connect()
            namespace = await client.get_namespace_index(NAMESPACE_URI)
        except _REFUSED:
            await _say_goodbye(client)
            raise InputError(
                f"the station at {self._endpoint} refuses user '{self._credentials.user}' or the password"
            ) from None
        except _BROKEN:
            await _say_goodbye(client)
            raise
        except ValueError:
            await _say_goodbye(client)
            raise InputError(f"the server at {self._endpoint} is no Linewalker station") from None
        self._client = client
        self._backoff.succeeded()
        self._out, self._in = node_ids(StationImage, namespace), node_ids(LineImage, namespace)

    async def _encrypt(self, client: Client) -> None:
        """Choose the encrypted endpoint, of the pinned station if one is pinned.

        A server that only pretends to be the pinned one can show its certificate, but not read what is encrypted with
        it: the password is never sent to it.
        """
        shown = await self._station_shows(client)
        pinned = self._station_certificate
        if pinned is not None and shown != pinned.read_bytes():
            raise InputError(
                f"the server at {self._endpoint} has another certificate than this one: it is another station, or "
                "somebody in between",
                file=pinned,
            )
        await client.set_security(
            SecurityPolicyBasic256Sha256,
            self._pair.certificate,
            self._pair.private_key,
            server_certificate=CertProperties(shown, "der"),
        )

    @staticmethod
    async def _station_shows(client: Client) -> bytes:
        endpoints = await client.connect_and_get_server_endpoints()
        policy = SecurityPolicyBasic256Sha256.URI
        certificate = Client.find_endpoint(endpoints, ua.MessageSecurityMode.SignAndEncrypt, policy).ServerCertificate
        return bytes(certificate)


async def _say_goodbye(client: Client) -> None:
    try:
        await client.disconnect()
    except _BROKEN:
        client.disconnect_socket()


def _in_words(error: BaseException) -> str:
    return str(error) or type(error).__name__
