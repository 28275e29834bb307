"""The page in a real browser: every view, both languages, light and dark, wide and narrow; nothing from elsewhere."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import numpy as np
import pytest

from linewalker.console.bearer import Address, listening
from linewalker.console.web.application import application
from linewalker.console.web.operators import Operators
from linewalker.console.web.serving import serve
from linewalker.inspection.title import Title
from tests.console.web.browser import Browser, Page, browser
from tests.console.web.runs import EVIL, frame, motion, records
from tests.factory.samples import bad_car, gap, good_car

TOKEN = "t" * 32
WIDE, NARROW = (1440, 900), (390, 844)
VIEWS = {
    "station": ".player .clock",
    "verdicts": ".row",
    "history": "tbody tr",
    "line": ".feed",
}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("pages") / "run"
    evil = gap("evil", evidence="evidence/a.png", title=Title(zh=EVIL, en=EVIL))
    first = replace(good_car(), characteristics=(evil, *good_car().characteristics))
    records(folder, [first, bad_car()])
    motion(folder)
    (folder / "evidence").mkdir()
    (folder / "evidence" / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    at = listening(Address(host="127.0.0.1", port=0), "--port")
    port, ready = at.getsockname()[1], threading.Event()
    operators = Operators(names={hashlib.sha256(TOKEN.encode()).digest(): "Ana"})
    app = application([folder], Address(host="127.0.0.1", port=port), operators=operators)
    threading.Thread(target=serve, args=(app, at, ready.set), daemon=True).start()
    assert ready.wait(30.0)
    return f"http://127.0.0.1:{port}/"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found


def opened(chromium: Browser, url: str, view: str, size: tuple[int, int] = WIDE, **more: object) -> Page:
    page = Page(chromium, size, **more)  # type: ignore[arg-type]
    page.open(f"{url}#/{view}")
    page.wait_for(f"document.querySelector({VIEWS[view.partition('?')[0]]!r})", view)
    return page


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("size", "dark", "language"), [(WIDE, False, "en-GB"), (NARROW, True, "zh-CN")])
def test_every_view_opens_without_trouble_and_asks_nobody_else(
    chromium: Browser, url: str, view: str, size: tuple[int, int], dark: bool, language: str
) -> None:
    page = opened(chromium, url, view, size, dark=dark, language=language)
    assert page.ask("document.documentElement.lang") == ("zh-CN" if language == "zh-CN" else "en")
    assert page.ask("document.documentElement.dataset.theme") == ("dark" if dark else "light")
    assert page.ask("document.documentElement.scrollWidth - innerWidth") <= 0, "it is wider than the screen"
    asked = [address for address in page.requests if not address.startswith(("data:", "blob:"))]
    assert asked
    assert all(address.startswith(url) for address in asked), asked
    assert [told for told in page.troubles if "evidence" not in told and "picture" not in told] == []
    page.close()


def axe() -> str:
    """The rules of axe-core as a script; skips the test where they are not installed."""
    found = find_spec("axe_playwright_python")
    if found is None or found.origin is None:
        pytest.skip("axe-core is not installed, so nobody looks for barriers: pip install -r requirements-dev.lock")
    return (Path(found.origin).parent / "axe.min.js").read_text(encoding="utf-8")


SERIOUS = """
    axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => [id, nodes.slice(0, 3).map((one) => `${one.html.slice(0, 160)} ${one.failureSummary}`)]))
"""


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("view", VIEWS)
def test_there_are_no_barriers_in_any_language_or_light(
    chromium: Browser, url: str, view: str, size: tuple[int, int]
) -> None:
    rules, page = axe(), opened(chromium, url, view, size)
    page.ask(f"{rules}; 0")
    for press in ("", ".tools button:last-child", ".tools button.text", ".tools button:last-child"):
        if press:
            page.ask(f"document.querySelector('{press}').click()")
            page.wait_for(f"document.querySelector({VIEWS[view]!r})", view)
        assert page.ask(SERIOUS) == [], press
    page.close()


def test_names_made_of_html_are_shown_and_not_run(chromium: Browser, url: str) -> None:
    for view in ("verdicts?run=run:1&car=1&at=evil", "history", "station?run=run:1&motion=1&t=8"):
        page = opened(chromium, url, view)
        page.wait_for(f"document.body.textContent.includes({EVIL!r})", f"the name in {view}")
        assert page.ask("document.querySelectorAll('img[src=x], main script').length") == 0
        page.close()


def test_a_moment_has_an_address(chromium: Browser, url: str) -> None:
    page = opened(chromium, url, f"station?run={quote('run:1')}&motion=1&t=7.5")
    page.wait_for("Number(document.querySelector('.track input').value) === 7.5", "the moment")
    page.wait_for("document.querySelector('.todo .chip.OK')", "what was judged before it")
    assert page.ask("document.querySelectorAll('.todo .chip.OK').length") == 1
    page.wait_for("!document.querySelector('.banner').hidden", "the stop of that moment")
    assert EVIL in page.ask("document.querySelector('.banner').textContent")
    page.ask("document.querySelector('.mark.stop').click()")
    page.wait_for("Number(document.querySelector('.track input').value) > 7.49", "the stop")
    page.close()


def test_what_is_replayed_is_what_was_recorded(chromium: Browser, url: str) -> None:
    page = opened(chromium, url, "station")
    asked = """
        (async () => {
          const { Motion } = await import('/page/motion.js'), times = [3, 3.01, 6.54, 11.02];
          const { motions } = await (await fetch('/api/motions?run=run:1')).json();
          const motion = new Motion('run:1', motions[0]);
          while (!times.every((t) => motion.frame(t))) await new Promise((done) => setTimeout(done, 50));
          return times.map((t) => [t, ...motion.frame(t).q]);
        })()
    """
    for time_s, *angles in page.ask(asked):
        assert np.abs(np.array(angles) - frame(time_s)[7:]).max() < 1e-4  # 0.1 mrad
    page.close()


def test_it_is_worked_by_keys_and_speaks_the_other_language(chromium: Browser, url: str) -> None:
    page = opened(chromium, url, "station?run=run:1&motion=1&t=3")
    page.wait_for("Number(document.querySelector('.track input').value) === 3", "the beginning")
    for key in ("n", "n", "p"):
        page.ask(f"document.body.dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', bubbles: true }}))")
    page.wait_for("Math.abs(Number(document.querySelector('.track input').value) - 6.5) < 0.05", "the first verdict")
    page.ask("document.querySelector('button.text').click()")
    page.wait_for("document.querySelector('.tab').textContent === '现场'", "Chinese")
    unnamed = """
        [...document.querySelectorAll('button, a, input, select')].filter((one) => !one.hidden)
          .filter((one) => !one.textContent.trim() && !one.getAttribute('aria-label') && !one.labels?.length).length
    """
    assert page.ask(unnamed) == 0
    page.close()


def test_the_handshake_is_a_timeline_and_its_signals_are_told(chromium: Browser, url: str) -> None:
    page = opened(chromium, url, "line")
    page.wait_for("document.querySelector('.talk rect.out')", "levels")
    page.wait_for("document.querySelector('.talk .code')?.textContent === '205'", "the fault")
    lit = "[...document.querySelectorAll('.images .on dt')].map((one) => one.textContent)"
    assert "Done" in page.ask(lit)
    assert "Busy" not in page.ask(lit)
    at = "document.querySelector('input.cursor')"
    page.ask(f"{at}.value = 2; {at}.dispatchEvent(new Event('input'))")
    assert {"StartInspect", "Busy"} <= set(page.ask(lit))
    assert "line operator" in page.ask("document.querySelector('table.wraps').textContent")
    page.close()


def test_an_operator_signs_in_and_acknowledges_a_stop(chromium: Browser, url: str) -> None:
    page = opened(chromium, url, "station?run=run:1&motion=1&t=8")
    page.wait_for("!document.querySelector('.banner').hidden", "the stop")
    assert page.ask("document.querySelectorAll('.banner button, .stop-robot').length") == 0
    page.ask("document.querySelector('.tools button[aria-pressed]').click()")
    for token, waited in (
        ("wrong", "document.querySelector('.ask .wrong').textContent"),
        (TOKEN, "!document.querySelector('.ask')"),
    ):
        page.ask(
            f"document.querySelector('.ask input').value = '{token}'; document.querySelector('.ask .main').click()"
        )
        page.wait_for(waited, token)
    page.wait_for("document.querySelector('.banner button')", "the button of an operator")
    page.ask("document.querySelector('.banner button').click()")
    page.wait_for("document.querySelector('.seen-by')?.textContent.includes('Ana')", "who has seen it")
    page.close()


def test_balance_is_shown_on_demand(chromium: Browser, url: str) -> None:
    page = opened(chromium, url, "station?run=run:1&motion=1&t=8.5")
    page.wait_for("document.querySelector('.profile .lit')", "the last profile")
    assert page.ask("document.querySelector('.balance').hidden") is True
    page.ask("document.querySelector('.cameras button:nth-child(2)').click()")
    page.wait_for("/\\d mm/.test(document.querySelector('.balance').textContent)", "how it stands")
    asked = """
        (async () => {
          const { Footing } = await import('/page/scene/footing.js'), footing = new Footing([0.1, 0.03]);
          const feet = [[0, 0.1, 0, 0], [0, -0.1, 0, 0]], one = [[0, 0.1, 0, 0], [0, -0.1, 0.05, 0]];
          const margin = (feet, dcm) => footing.margin({ feet, dcm });
          return [margin(feet, [0.02, 0]), margin(feet, [0.15, 0]), margin(one, [0, 0.1])];
        })()
    """
    assert page.ask(asked) == pytest.approx([0.08, -0.05, 0.03])
    page.close()


def test_a_gap_lies_deeper_than_its_edges_wherever_the_robot_looks_from(chromium: Browser, url: str) -> None:
    page = opened(chromium, url, "station?run=run:1&motion=1&t=8.5")
    for turned in (1, -1):
        line = [[10 * i, turned * (0 if i in (4, 5) else 100), 500] for i in range(10)]
        asked = f"import('/page/profile.js').then(({{ flat }}) => flat({line}, [50, {turned * 1000}, 500]))"
        found = np.array(page.ask(asked))
        assert found[:, 0] == pytest.approx(10.0 * np.arange(10))
        assert found[:, 1] == pytest.approx([-100.0 if i in (4, 5) else 0.0 for i in range(10)], abs=1e-6)
    page.close()


def test_verdicts_are_filtered_and_enlarged(chromium: Browser, url: str) -> None:
    page = opened(chromium, url, "verdicts")
    kinds = "[...document.querySelectorAll('.row .chip')].map((one) => one.className.split(' ')[1])"
    assert set(page.ask(kinds)) == {"NOK", "NOT_DECIDABLE"}
    assert page.ask(kinds)[0] == "NOK"
    page.ask("[...document.querySelectorAll('.toggle')].at(-1).click()")
    page.wait_for(f"{kinds}.includes('OK')", "what is good")
    page.ask("[...document.querySelectorAll('.row')].find((one) => one.dataset.key === '1/evil').click()")
    page.wait_for("document.querySelector('.proof')", "evidence")
    page.ask("document.querySelector('.proof').click()")
    page.wait_for("document.querySelector('dialog').open", "the picture, large")
    page.close()
