"""The vehicle models that come with the package, and how they get from drawing to vehicle."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from linewalker.cachefolder import cached_file
from linewalker.errors import InputError
from linewalker.vehicle import cache
from linewalker.vehicle.vehicle import Vehicle

Progress = Callable[[float, str], None]
"""Called with the fraction done, 0 to 1, and what is being done."""

_MODELS = Path(__file__).parent / "models"


def model_names() -> tuple[str, ...]:
    """Models of the package, in alphabetical order."""
    return tuple(sorted(path.stem for path in _MODELS.glob("*.yaml")))


def model_path(model: str) -> Path:
    """The drawing of a model.

    Raises:
        InputError: no such model.
    """
    if model not in model_names():
        raise InputError(f"no vehicle model {model!r}; there are {', '.join(model_names())}")
    return _MODELS / f"{model}.yaml"


def load_vehicle(model: str, progress: Progress | None = None) -> Vehicle:
    """A vehicle model, from the cache when it has been built before.

    Args:
        model: name of a model of the package.
        progress: told how the build goes on; not called when the model comes from the cache.

    Raises:
        InputError: no such model, or a mistake in its drawing.
    """
    path, build = model_path(model), Path(__file__).parent / "build"
    shapes = b"".join(file.read_bytes() for file in sorted(build.glob("*.json")))  # letters, as drawn with
    key = cache.cache_key(path.read_bytes() + shapes, build / "builder.py")
    stored = cached_file("vehicles", f"{model}-{key}.vehicle")
    vehicle = cache.restore(stored)
    if vehicle is None:
        from linewalker.vehicle.build.builder import build_vehicle  # numba takes a while to load

        vehicle = build_vehicle(path, progress)
        cache.store(vehicle, stored)
    return vehicle
