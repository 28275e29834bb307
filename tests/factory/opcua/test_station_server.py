"""The station's server: where it listens, and that it carries what a port says."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from linewalker.errors import InputError, StationFault
from linewalker.factory.handshake.faults import FaultCode
from linewalker.factory.handshake.job import Job, RobotReport
from linewalker.factory.handshake.line_controller import LineController
from linewalker.factory.handshake.line_handshake import Cause, LineLimits
from linewalker.factory.handshake.signals import LineImage, LineMode, LineResult, StationImage
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.opcua.endpoint import ANY_PORT
from linewalker.factory.opcua.link import StationLink
from linewalker.factory.opcua.station_server import StationServer
from tests.factory.fake_program import FakeProgram, say_ok
from tests.factory.handshake.plant import order
from tests.factory.wires import CREDENTIALS

ROOT = Path(__file__).parents[3]
PATIENT = LineLimits(life_timeout_s=60.0)

STANDS = RobotReport(robot_time_s=0.0, available=True, home=True)


@pytest.fixture(scope="module")
def server(pki):
    with StationServer(StationPort(), credentials=CREDENTIALS, endpoint=ANY_PORT, pki=pki) as server:
        yield server


def test_a_port_in_use_is_bad_input_that_says_what_to_do(server, pki):
    second = StationServer(StationPort(), credentials=CREDENTIALS, endpoint=server.endpoint, pki=pki)
    with pytest.raises(InputError, match=r"is in use.*--endpoint opc.tcp"), second:
        pass


def test_an_address_of_another_machine_is_bad_input(pki):
    far = StationServer(StationPort(), credentials=CREDENTIALS, endpoint="opc.tcp://192.0.2.1:4840/linewalker", pki=pki)
    with pytest.raises(InputError, match="no address of this machine"), far:
        pass


def test_the_endpoint_names_the_port_that_was_really_taken(server):
    assert server.endpoint.startswith("opc.tcp://127.0.0.1:")
    assert ":0/" not in server.endpoint


def test_a_server_that_ended_carries_nothing_more(pki):
    with StationServer(StationPort(), credentials=CREDENTIALS, endpoint=ANY_PORT, pki=pki) as server:
        server.station.publish(STANDS)
    with pytest.raises(StationFault, match="the OPC UA server of the station died"):
        server.station.publish(STANDS)


def test_a_server_that_dies_of_an_error_tells_the_program_which(pki):
    broken = threading.Event()

    class Breaking(StationPort):
        def scan(self, line: LineImage, *, connected: bool) -> StationImage:
            if broken.is_set():
                raise ZeroDivisionError("for a test")
            return super().scan(line, connected=connected)

    with StationServer(Breaking(), credentials=CREDENTIALS, endpoint=ANY_PORT, pki=pki) as server:
        server.station.publish(STANDS)
        broken.set()
        with pytest.raises(StationFault, match="the OPC UA server of the station died") as fault:
            server.station.wait_for_job(STANDS, 60.0)
    assert isinstance(fault.value.__cause__, ZeroDivisionError)


def test_it_knows_whether_a_line_is_there_and_tells_it_of_a_fault(server, pki):
    station = server.station
    link = StationLink(endpoint=server.endpoint, credentials=CREDENTIALS, pki=pki)

    async def watch():
        await link.connect(lambda: False)
        await asyncio.sleep(0.2)  # some scans
        there = await asyncio.to_thread(station.wait_until_alone, STANDS, 0.2)
        station.fail(FaultCode.ROBOT_FELL, "it lies there")
        while not (image := await link.read()).fault_code:
            await asyncio.sleep(0.02)
        await link.close()
        return there, image

    alone, image = asyncio.run(watch())
    assert not alone
    assert image.fault_text == "it lies there / 机器人跌倒"
    assert not any(image.zone_clear)
    assert str(station.stop_requested) == "it lies there"
    assert station.wait_until_alone(STANDS, 10.0)


def test_a_server_that_is_killed_is_replaced_at_the_same_place_and_the_job_goes_on(pki, caplog):
    """What the line had said stands there again, the result comes, and the line is whole again without a fault."""
    with (
        StationServer(StationPort(), credentials=CREDENTIALS, endpoint=ANY_PORT, pki=pki) as server,
        FakeProgram(server.station, lambda port, job: kill_and_say_ok(server, port, job)) as program,
    ):
        first = server.pid
        link = StationLink(endpoint=server.endpoint, credentials=CREDENTIALS, pki=pki, answer_timeout_s=30.0)
        [outcome] = LineController(link, limits=PATIENT).run([order(0)])
        assert (outcome.cause, outcome.result) == (Cause.JUDGED, LineResult.OK)
        assert len(program.jobs) == 1
        assert server.pid != first
    assert "died" in caplog.text


def kill_and_say_ok(server: StationServer, port: StationPort, job: Job) -> None:
    os.kill(server.pid, signal.SIGKILL)
    say_ok(port, job)


def kill_again_and_again(server: StationServer) -> None:
    killed = None
    while True:
        if server.pid != killed:
            killed = server.pid
            os.kill(killed, signal.SIGKILL)
        server.station.wait_for_job(STANDS, 0.05)


def test_a_server_that_dies_again_and_again_is_a_fault(pki):
    with StationServer(StationPort(), credentials=CREDENTIALS, endpoint=ANY_PORT, pki=pki) as server:
        with pytest.raises(StationFault, match="the OPC UA server of the station died") as fault:
            kill_again_and_again(server)
        assert "5 times within a minute" in str(fault.value.__cause__)


@pytest.mark.parametrize("word", ["SIGKILL", "SIGTERM", "SIGINT"])
def test_whatever_ends_the_control_process_ends_the_server_and_the_line_sees_ready_fall(pki, word):
    """SIGTERM and Ctrl-C reach the server, too; it stays to the last word of the control process."""

    async def watch(endpoint: str, control: int, server: int) -> tuple[bool, StationImage | None]:
        link = StationLink(endpoint=endpoint, credentials=CREDENTIALS, pki=pki)
        await link.connect(lambda: False)
        said, count, was_ready = StationImage(), 0, False
        while (image := await link.read()) is not None:
            said, count, was_ready = image, count + 1, was_ready or image.ready
            await link.write(LineImage(mode=LineMode.AUTOMATIC, life_counter=count))
            if image.ready:
                for process in (control, server) if word != "SIGKILL" else (control,):
                    os.kill(process, getattr(signal, word))
            await asyncio.sleep(0.05)
        await link.close()
        return was_ready, said

    words = [sys.executable, "-m", "tests.factory.opcua.station_alone", str(pki)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        endpoint, server = process.stdout.readline().split()
        was_ready, last = asyncio.run(asyncio.wait_for(watch(endpoint, process.pid, int(server)), 60.0))
    assert was_ready
    assert not last.ready
    assert not any(last.zone_clear)
    assert last.fault_code == (FaultCode.PROGRAM_SILENT if word == "SIGKILL" else FaultCode.ROBOT_FAULT)
    deadline_s = time.monotonic() + 10.0
    while Path(f"/proc/{server}").exists():
        assert time.monotonic() < deadline_s, "an orphan"
        time.sleep(0.05)


@pytest.mark.skipif(not socket.has_ipv6 or not Path("/proc/net/if_inet6").read_text(), reason="no IPv6 here")
def test_it_listens_at_an_address_of_six_groups(pki):
    with StationServer(
        StationPort(), credentials=CREDENTIALS, endpoint="opc.tcp://[::1]:0/linewalker", pki=pki
    ) as server:
        assert server.endpoint.startswith("opc.tcp://[::1]:")

        async def look() -> StationImage | None:
            link = StationLink(
                endpoint=server.endpoint, credentials=CREDENTIALS, pki=pki, station_certificate=server.certificate
            )
            await link.connect(lambda: False)
            image = await link.read()
            await link.close()
            return image

        assert isinstance(asyncio.run(look()), StationImage)


def test_the_process_of_the_server_needs_neither_physics_nor_kernels(server):
    loaded = Path(f"/proc/{server.pid}/maps").read_text(encoding="utf-8")
    assert "cryptography" in loaded
    assert not [name for name in ("mujoco", "llvmlite", "numpy", "cv2", "scipy", "shapely") if name in loaded]


def test_the_robot_goes_before_the_server(server):
    ours, its = (os.getpriority(os.PRIO_PROCESS, process) for process in (os.getpid(), server.pid))
    assert its > ours
