"""The page is whole: every file it names is there, and none names another machine."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from tests.console.web.runs import Console, whole_run

WEB = Path(__file__).parents[3] / "src" / "linewalker" / "console" / "web"
OURS = sorted((WEB / "page").rglob("*.js"))
VENDORED = {
    "three.core.js": "three 0.187.0",
    "three.module.js": "three 0.187.0",
    "uplot.css": "uplot 1.6.32",
    "uplot.js": "uplot 1.6.32",
}


def test_every_file_that_a_file_names_is_served(tmp_path: Path) -> None:
    console = Console(whole_run(tmp_path / "run"))
    asked, seen = ["/"], set[str]()
    while asked:
        path = asked.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = console.ask(path)
        assert answer.status == 200, path
        if not path.startswith("/vendor/"):
            asked += re.findall(r'["\'](/(?:page|vendor)/[^"\']+)["\']', answer.body.decode())
    served = {path.removeprefix("/page/") for path in seen if path.startswith("/page/")}
    there = {path.relative_to(WEB / "page").as_posix() for path in (WEB / "page").rglob("*.*")}
    assert served | {"index.html"} == there


SHEETS = sorted((WEB / "page").glob("*.css"))


@pytest.mark.parametrize("file", [*OURS, WEB / "page" / "index.html", *SHEETS], ids=lambda path: path.name)
def test_no_file_of_ours_names_another_machine_or_writes_html(file: Path) -> None:
    text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?:|//[a-z]+\.[a-z]|@import|url\(", text)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", text)


def test_what_others_wrote_is_as_they_published_it() -> None:
    lines = (WEB / "vendor" / "SHA256").read_text(encoding="utf-8").splitlines()
    listed = dict(line.split(maxsplit=1) for line in lines)
    for name, package in VENDORED.items():
        digest = hashlib.sha256((WEB / "vendor" / name).read_bytes()).hexdigest()
        assert listed[digest] == f"{name} of {package}"
    assert len(listed) == len(VENDORED)


def test_the_page_is_small(tmp_path: Path) -> None:
    every = [path for folder in ("page", "vendor") for path in (WEB / folder).rglob("*.*")]
    assert sum(path.stat().st_size for path in every) < 4e6
    console = Console(whole_run(tmp_path / "run"))
    shapes = console.ask("/api/shapes/robot", run="run:1").body, console.ask("/api/shapes/car", model="sedan").body
    assert sum(map(len, shapes)) < 6e6
