"""What is read is of one moment, what is written comes in at once; one connection speaks for the line."""

from __future__ import annotations

import json
import threading
from dataclasses import replace

import pytest

from linewalker.factory.fieldbus.byte_image import bytes_from, image_from, number_at
from linewalker.factory.fieldbus.layout import CHANGE, CHANGE_AGAIN, INPUT_ERROR, LAYOUT_VERSION, VERSION, size_of
from linewalker.factory.fieldbus.process_image import NotTheLine, NotThere, Patch, ProcessImage
from linewalker.factory.handshake.job import CommittedResult, HandshakeLimits, RobotReport
from linewalker.factory.handshake.signals import ZONES, LineImage, LineMode, LineResult, StationImage
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.handshake.write_lease import COMES_BACK_S, Writer
from tests.factory.handshake.plant import VINS
from tests.factory.samples import bad_car

LINE = Writer(session=1, identity=b"10.0.0.1", name="line")
AGAIN = Writer(session=2, identity=b"10.0.0.1", name="line again")
OTHER = Writer(session=3, identity=b"10.0.0.9", name="somebody")
STANDS = RobotReport(robot_time_s=0.0, available=True, home=True)
ALL_OUT = size_of(StationImage)


class Clock:
    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


class Bench:
    """A station, its image, and a line by hand."""

    def __init__(self):
        self.clock = Clock()
        self.station = StationPort(HandshakeLimits(), clock=self.clock)
        self.image = ProcessImage(self.station, self.clock)
        self.said = LineImage(mode=LineMode.AUTOMATIC, enter_permit=(True,) * ZONES)

    def tell(self, writer: Writer = LINE, **signals: object) -> StationImage:
        self.said = replace(self.said, life_counter=self.said.life_counter + 1, **signals)
        self.image.write(writer, [Patch(byte=0, content=bytes_from(self.said))])
        return self.scan()

    def scan(self) -> StationImage:
        self.clock.now_s += 0.1
        self.image.scan(connected=True)
        return image_from(StationImage, self.image.read_out(0, ALL_OUT)).image

    def start(self) -> StationImage:
        self.tell()
        assert self.tell(vehicle_in_place=True, vin=VINS[0], type_code="sedan", sequence_no=5).ready
        return self.tell(start_inspect=True)

    def number(self, signal) -> int:
        return number_at(self.image.read_out(0, ALL_OUT), signal)


@pytest.fixture
def bench():
    bench = Bench()
    with bench.station.carried("the wire"):
        bench.station.publish(STANDS)
        yield bench


def test_a_job_goes_through_and_its_numbers_come_with_done(bench):
    assert bench.start().busy
    job = bench.station.wait_for_job(STANDS, 0.0)
    told = CommittedResult(
        vin=job.vin, sequence=job.sequence, result=LineResult.NOK, document=json.dumps(bad_car().document())
    )
    bench.station.finish(told)
    said = bench.tell()
    assert (said.done, said.result, said.vin, said.sequence_no) == (True, LineResult.NOK, VINS[0], 5)
    assert (said.count_nok, said.count_not_decidable, said.characteristic_value[0]) == (2, 1, 543)
    assert not bench.tell(start_inspect=False, ack_result=True).done
    quiet = StationImage(life_counter=bench.said.life_counter, zone_clear=(True,) * ZONES, home_pos=True)
    assert bench.scan() == quiet
    assert bench.number(VERSION) == LAYOUT_VERSION


def test_the_number_of_changes_goes_up_with_every_change_that_is_news_and_no_other(bench):
    bench.tell()
    bench.tell()
    before = bench.number(CHANGE)
    for _ in range(5):
        bench.tell()
    assert bench.number(CHANGE) == before  # only the life counter moved
    bench.tell(vehicle_in_place=True, vin=VINS[0], type_code="sedan", sequence_no=5, start_inspect=True)
    assert bench.number(CHANGE) == bench.number(CHANGE_AGAIN) == before + 1
    bench.tell(vin=VINS[1])  # fault 106
    assert bench.number(CHANGE) == before + 2


def test_who_reads_meanwhile_never_sees_half_an_image(bench):
    seen, stop = [], threading.Event()
    bench.tell()
    bench.tell()

    def watch():
        while not stop.is_set():
            data = bench.image.read_out(0, ALL_OUT)
            seen.append((number_at(data, CHANGE), number_at(data, CHANGE_AGAIN), image_from(StationImage, data).image))

    reader = threading.Thread(target=watch)
    reader.start()
    for sequence in range(1, 30):
        bench.tell(vehicle_in_place=True, vin=VINS[0], type_code="sedan", sequence_no=sequence, start_inspect=False)
        bench.tell(start_inspect=True)
        job = bench.station.wait_for_job(STANDS, 0.0)
        bench.station.finish(
            CommittedResult(vin=job.vin, sequence=sequence, result=LineResult.NOK, reason=f"{sequence}")
        )
        bench.scan()
        bench.tell(start_inspect=False, ack_result=True)
        bench.tell(ack_result=False)
    stop.set()
    reader.join()
    for head, tail, image in seen:
        assert head == tail
        assert image.done == (image.result == LineResult.NOK) == bool(image.result_reason)
        assert not image.done or image.result_reason == f"{image.sequence_no}"


@pytest.mark.parametrize("writer", [AGAIN, OTHER])
def test_a_second_connection_is_refused_while_the_first_one_lives_and_changes_nothing(bench, writer):
    bench.start()
    before = bench.image.read_in(0, size_of(LineImage))
    for _ in range(20):
        bench.tell()
        with pytest.raises(NotTheLine):
            bench.image.write(writer, [Patch(byte=5, content=b"\0")])
    after = bench.image.read_in(0, size_of(LineImage))
    assert after[4:] == before[4:]
    assert bench.image.speaker == LINE.session


def test_a_line_that_reconnects_goes_on_with_its_job_and_a_stranger_does_not_take_it_over(bench):
    bench.start()
    bench.image.leaves(LINE.session)
    with pytest.raises(NotTheLine):
        bench.tell(writer=OTHER)
    assert bench.tell(writer=AGAIN).busy


def test_a_line_whose_cable_was_pulled_is_known_again_by_its_address(bench):
    bench.start()
    bench.clock.now_s += COMES_BACK_S + 0.1
    assert bench.tell(writer=AGAIN).busy


def test_another_clients_heartbeat_keeps_nobody_elses_job_alive(bench):
    bench.start()
    while (said := bench.scan()).busy:
        with pytest.raises(NotTheLine):
            bench.tell(writer=OTHER)
    assert said.fault_code == 101


@pytest.mark.parametrize(
    ("byte", "content"), [(-1, b"\0"), (size_of(LineImage), b"\0"), (size_of(LineImage) - 1, b"\0\0"), (0, b"")]
)
def test_a_write_outside_of_the_image_is_none_at_all(bench, byte, content):
    bench.tell(sequence_no=9)
    before = bench.image.read_in(0, size_of(LineImage))
    with pytest.raises(NotThere):
        bench.image.write(LINE, [Patch(byte=8, content=b"\1\1\1\1"), Patch(byte=byte, content=content)])
    assert bench.image.read_in(0, size_of(LineImage)) == before
    with pytest.raises(NotThere):
        bench.image.read_out(ALL_OUT, 1)


def test_a_single_bit_leaves_those_beside_it_alone(bench):
    bench.image.write(LINE, [Patch(byte=5, content=b"\x05")])
    bench.image.write(LINE, [Patch(byte=5, content=b"\xfa", mask=0x02)])
    assert bench.image.read_in(5, 1) == b"\x07"
    bench.image.write(LINE, [Patch(byte=5, content=b"\x00", mask=0x01)])
    assert bench.image.read_in(5, 1) == b"\x06"


def test_a_half_written_vin_stops_the_job_and_is_told(bench):
    bench.start()
    bench.image.write(LINE, [Patch(byte=18, content=bytes([17, 9]))])  # the length of a half
    said = bench.scan()
    assert (said.busy, said.fault_code) == (False, 106)
    bench.image.write(LINE, [Patch(byte=19, content=b"\xff")])
    bench.scan()
    assert bench.number(INPUT_ERROR) == 1 + 18
    bench.tell()
    assert bench.number(INPUT_ERROR) == 0


def test_a_mode_that_is_none_lets_nothing_move_and_is_told(bench):
    bench.tell()
    assert bench.tell().ready
    bench.image.write(LINE, [Patch(byte=4, content=b"\x09")])
    assert not bench.scan().ready
    assert bench.number(INPUT_ERROR) == 1 + 4
