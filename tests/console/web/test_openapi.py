"""The document tells every route, with what it is asked."""

from __future__ import annotations

import re
from pathlib import Path

from linewalker.console.web import (
    act_routes,
    history_routes,
    line_routes,
    live_stream,
    motion_routes,
    record_routes,
    shape_routes,
)
from linewalker.console.web.openapi import PARAMETERS
from tests.console.web.runs import Console, records

MODULES = (act_routes, history_routes, line_routes, live_stream, motion_routes, record_routes, shape_routes)


def test_every_route_is_told_with_words_and_parameters_that_exist(tmp_path: Path) -> None:
    document = Console(records(tmp_path / "run")).ask("/api/openapi.json").json
    routes = {route.path for module in MODULES for route in module.ROUTES}
    assert document["paths"].keys() == {*routes, "/api/openapi.json"}
    assert document["openapi"].startswith("3.1")
    for path, methods in document["paths"].items():
        (operation,) = methods.values()
        assert operation["summary"], path
        assert {one["name"] for one in operation["parameters"]} == set(PARAMETERS.get(path, ()))
    assert PARAMETERS.keys() <= routes


def test_the_documentation_names_every_route() -> None:
    for name in ("console.md", "console.zh-CN.md"):
        text = (Path(__file__).parents[3] / "docs" / name).read_text(encoding="utf-8")
        told = set(re.findall(r"`(/api/[a-z/.-]+|/metrics)", text))
        assert told == {route.path for module in MODULES for route in module.ROUTES} | {"/api/openapi.json"}, name
