import shutil
from pathlib import Path

import numpy as np
import pytest

import linewalker
from linewalker import cachefolder
from linewalker.cachefolder import source_hash
from linewalker.vehicle import cache
from linewalker.vehicle.cad_export import cad_export_of
from linewalker.world.truth import true_gap_flush


def test_a_vehicle_comes_back_as_it_was_stored(sedan, tmp_path):
    path = tmp_path / "deep" / "sedan.vehicle"
    cache.store(sedan, path)
    again = cache.restore(path)
    assert again is not None
    assert cad_export_of(again) == cad_export_of(sedan)
    assert list(again.bodies) == list(sedan.bodies)
    for a, b in zip(again.meshes, sedan.meshes):
        assert (a.body, a.material, a.role, a.condition) == (b.body, b.material, b.role, b.condition)
        assert np.array_equal(a.vertices_m, b.vertices_m)
    point = sedan.seams["hood/fender_left"].point_m[40] * 1e3
    assert true_gap_flush(again, "hood/fender_left", point) == true_gap_flush(sedan, "hood/fender_left", point)
    assert [entry.name for entry in path.parent.iterdir()] == ["sedan.vehicle"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn", b"not an archive"])
def test_a_damaged_file_counts_as_none(tmp_path, content):
    path = tmp_path / "sedan.vehicle"
    assert cache.restore(path) is None
    path.write_bytes(content)
    assert cache.restore(path) is None


def test_the_key_changes_with_every_file_of_the_build(tmp_path, monkeypatch):
    package = Path(linewalker.__file__).parent
    shutil.copytree(package, tmp_path / "linewalker", ignore=lambda _at, names: [n for n in names if n.endswith("obj")])
    monkeypatch.setattr(cachefolder, "_ROOT", tmp_path)
    room = tmp_path / "linewalker" / "vehicle" / "build"

    def key():
        source_hash.cache_clear()
        return cache.cache_key(b"drawing", room / "builder.py")

    keys = {key()}
    sources = sorted(room.rglob("*.py"))
    for source in sources:
        source.write_text(source.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
        keys.add(key())
    assert len(keys) == len(sources) + 1
    source_hash.cache_clear()


def test_the_key_changes_with_drawing_and_code(tmp_path):
    sources = [tmp_path / "one.py", tmp_path / "two.py"]
    for number, source in enumerate(sources):
        source.write_text(f"a = {number}")
    keys = {cache.cache_key(drawing, source) for drawing in (b"drawing", b"another") for source in sources}
    assert len(keys) == 4
    assert cache.cache_key(b"drawing", sources[0]) in keys
