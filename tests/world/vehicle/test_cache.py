import numpy as np
import pytest

from linewalker.world.vehicle import cache


def test_a_vehicle_comes_back_as_it_was_stored(sedan, tmp_path):
    path = tmp_path / "deep" / "sedan.vehicle"
    cache.store(sedan, path)
    again = cache.restore(path)
    assert again is not None
    assert again.catalogue() == sedan.catalogue()
    assert list(again.bodies) == list(sedan.bodies)
    for a, b in zip(again.meshes, sedan.meshes):
        assert (a.body, a.material, a.role, a.condition) == (b.body, b.material, b.role, b.condition)
        assert np.array_equal(a.vertices_m, b.vertices_m)
    point = sedan.seams["hood/fender_left"].point_m[40] * 1e3
    assert again.true_gap_flush("hood/fender_left", point) == sedan.true_gap_flush("hood/fender_left", point)
    assert [entry.name for entry in path.parent.iterdir()] == ["sedan.vehicle"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn", b"not an archive"])
def test_a_damaged_file_counts_as_none(tmp_path, content):
    path = tmp_path / "sedan.vehicle"
    assert cache.restore(path) is None
    path.write_bytes(content)
    assert cache.restore(path) is None


def test_the_key_changes_with_drawing_and_code(tmp_path):
    sources = [tmp_path / "one.py", tmp_path / "two.py"]
    for number, source in enumerate(sources):
        source.write_text(f"a = {number}")
    keys = {cache.cache_key(drawing, source) for drawing in (b"drawing", b"another") for source in sources}
    assert len(keys) == 4
    assert cache.cache_key(b"drawing", sources[0]) in keys
