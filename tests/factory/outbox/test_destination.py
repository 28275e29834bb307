"""A destination takes a result as often as it is handed over, and has it once; what it is not is never written to."""

from __future__ import annotations

import pytest

from linewalker.factory.outbox.destination import MARKER, Folder, NotNow, Server
from linewalker.factory.outbox.parcel import Parcel, parcels
from tests.factory.outbox.samples import commit, plant_server


@pytest.fixture
def parcel(tmp_path) -> Parcel:
    (one,) = parcels(commit(tmp_path, 1), after=0, at_most=9)
    return one


def test_a_folder_has_one_file_however_often_it_came(parcel, tmp_path):
    there = tmp_path / "there"
    there.mkdir()
    folder = Folder(path=there, format="csv-de")
    folder.deliver(parcel, first=True)
    folder.deliver(parcel, first=False)
    assert sorted(path.name for path in there.iterdir()) == [MARKER, f"{parcel.name}-de.csv"]
    assert parcel.car.result.order.vin not in parcel.name


def test_a_folder_that_is_not_there_is_not_made(parcel, tmp_path):
    with pytest.raises(NotNow, match="is not there; mount it"):
        Folder(path=tmp_path / "mnt", format="dfq").deliver(parcel, first=True)
    assert not (tmp_path / "mnt").exists()


def test_a_mount_point_without_its_disk_is_not_written_to(parcel, tmp_path):
    folder = Folder(path=tmp_path / "mnt", format="dfq")
    folder.path.mkdir()
    with pytest.raises(NotNow, match="is the right disk mounted"):
        folder.deliver(parcel, first=False)
    assert list(folder.path.iterdir()) == []


def test_a_folder_that_takes_nothing_is_waited_for(parcel, tmp_path):
    folder = Folder(path=tmp_path / "mnt", format="dfq")
    folder.path.mkdir()
    (folder.path / f"{parcel.name}-sedan.dfq").mkdir()  # nothing can take this name
    with pytest.raises(NotNow, match="can not be written"):
        folder.deliver(parcel, first=True)


@pytest.mark.parametrize("status", [201, 409])
def test_a_server_that_has_it_has_it(parcel, status):
    with plant_server(status) as server:
        Server(url=server.url).deliver(parcel, first=True)
        ((key, document),) = server.got
        assert server.tokens == {None}
    assert (key, document["key"], document["car"]) == (parcel.key, parcel.key, parcel.car.result.document())


@pytest.mark.parametrize("status", [301, 408, 425, 429, 500, 503])
def test_a_server_that_can_not_now_is_asked_again(parcel, status):
    with plant_server(status) as server, pytest.raises(NotNow, match=f"answers {status}"):
        Server(url=server.url).deliver(parcel, first=True)


def test_a_token_is_never_shown():
    assert "secret" not in repr(Server(url="http://x", token="secret"))
