"""The documentation site: it has every document, in both languages, and every public name; and it needs no network."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pytest
from scripts.pages import NAMED, REFERENCE, ROOT, SHIM, build_site, documents, prose, reference, write_pages

import linewalker

CONFIG = ROOT / "zensical.toml"
PROJECT = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["project"]
ENGLISH_ALONE = {REFERENCE, "conventions.md", "changelog.md"}
"""What programmers read, who read the code too."""


def listed(nav: object) -> list[str]:
    """Pages of a navigation, in order."""
    if isinstance(nav, str):
        return [nav]
    parts = nav.values() if isinstance(nav, dict) else nav
    return [page for part in parts for page in listed(part)]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "out" / "pages"
    write_pages(folder)
    return folder


def test_the_navigation_lists_every_page_once(pages: Path) -> None:
    assert sorted(listed(PROJECT["nav"])) == sorted(path.name for path in pages.glob("*.md"))


def test_both_languages_have_the_same_pages_in_the_same_order() -> None:
    english, chinese = (listed(language) for language in PROJECT["nav"])
    assert [page for page in english if page not in ENGLISH_ALONE] == [page.replace(".zh-CN", "") for page in chinese]


def test_every_document_is_a_page_whatever_its_name() -> None:
    assert set(NAMED) <= {path.name for path in ROOT.glob("*.md")}
    assert len(set(documents().values())) == len(documents())


def test_every_link_of_a_page_leads_to_a_page_or_a_file(pages: Path) -> None:
    for page in pages.glob("*.md"):
        for target in re.findall(r"\]\(([^)\s#]+)", page.read_text(encoding="utf-8")):
            assert "://" in target or (pages / target).is_file(), f"{page.name}: {target}"


def test_the_reference_has_every_public_name_with_its_docstring() -> None:
    text = reference()
    headings = re.findall(r"^### `(\w+)`", text, re.MULTILINE)
    assert sorted(headings) == sorted(linewalker.__all__)
    for name in linewalker.__all__:
        first = (getattr(linewalker, name).__doc__ or "").strip().splitlines()[0]
        assert first.replace("``", "`") in text, name


def test_the_reference_shows_methods_as_they_are_called() -> None:
    text = reference()
    start = text.index("{ #MotionController.walk_to }")
    signature = text[start : text.index("```\n", start + 40)]
    assert "walk_to(" in signature
    assert "self" not in signature
    assert "object at 0x" not in text
    assert "#SafeMotion.tick }" in text


def test_sections_of_a_docstring_become_lists() -> None:
    arguments = "Args:\n    x_m: ahead,\n        or back.\n    *more: the rest.\n"
    text = f"Walks.\n\n{arguments}\nRaises:\n    InputError: wrong ``x``.\n"
    assert prose(text).split("\n") == [
        *("Walks.", "", "", "**Args**", "", "- `x_m`: ahead,", "    or back.", "- `*more`: the rest.", ""),
        *("", "**Raises**", "", "- `InputError`: wrong `x`.", ""),
    ]


def test_nothing_is_fetched_from_elsewhere() -> None:
    lines = CONFIG.read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if "://" in line]
    assert PROJECT["theme"]["font"] is False
    assert PROJECT["plugins"]["offline"]["enabled"]


class Fetched(HTMLParser):
    """Addresses of what a browser fetches to show a page; links a reader may follow are none."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        shown = tag != "link" or given.get("rel") in ("stylesheet", "preload", "icon", "preconnect", "dns-prefetch")
        if tag != "a" and shown:
            self.addresses += [value for key in ("src", "href") if (value := given.get(key))]


@pytest.mark.skipif(importlib.util.find_spec("zensical") is None, reason="the site's builder is not installed")
def test_the_built_site_has_every_page_and_fetches_nothing(tmp_path: Path) -> None:
    build_site(tmp_path)
    site = tmp_path / "out" / "site"
    for page in listed(PROJECT["nav"]):
        html = (site / page).with_suffix(".html").read_text(encoding="utf-8")
        parser = Fetched()
        parser.feed(html)
        assert f"assets/{SHIM}" in parser.addresses
        assert f'<html lang="{"zh-CN" if ".zh-CN" in page else "en"}"' in html
        assert not [address for address in parser.addresses if re.match(r"(?:https?:)?//", address)], page
    styles = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.css"))
    assert styles
    assert not re.search(r"url\(\s*['\"]?(?:https?:)?//|@import", styles)
    assert (site / "search.js").is_file()
