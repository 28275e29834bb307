"""The shapes of robots and cars, for a screen that draws them."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from linewalker.console.web.asking import asked_run, library
from linewalker.console.web.library import UnknownRun
from linewalker.limbs.profiles import load_profile
from linewalker.station.shapes.car_shape import car_shape
from linewalker.station.shapes.robot_shape import robot_shape

_MEDIA_TYPE = "application/octet-stream"
_KEEP = {"cache-control": "max-age=600"}


def robot(request: Request) -> Response:
    """The robot of a run's motion; one that was read from a file is read from there again."""
    motions = library(request).motions(asked_run(request))
    if not motions:
        raise UnknownRun("nothing was recorded of this run")
    name = next(reversed(motions.values())).header.robot
    path = Path(name)
    source = path.read_bytes() if path.suffix in (".yaml", ".yml") and path.is_file() else name.encode()
    return Response(robot_shape(load_profile(name), source), media_type=_MEDIA_TYPE, headers=_KEEP)


def car(request: Request) -> Response:
    """A model of cars."""
    content = car_shape(request.query_params.get("model", ""))
    return Response(content, media_type=_MEDIA_TYPE, headers=_KEEP)


ROUTES = [Route("/api/shapes/robot", robot), Route("/api/shapes/car", car)]
