"""The system's Chromium, driven over a pipe with its own protocol: nothing to install, no port, no network.

Where there is no Chromium the tests that need it say so and are skipped; Debian and Ubuntu have it as ``chromium``.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--mute-audio",
    "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist", "--remote-debugging-pipe",
)  # fmt: skip
_PATIENCE_S = 300.0


def chromium() -> str:
    """Its path; skips the test where there is none."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        pytest.skip("there is no Chromium on this machine, so the page is not looked at: apt-get install chromium")
    return found


class Browser:
    """One Chromium."""

    def __init__(self, folder: Path):
        to_child, self._write = os.pipe()
        self._read, from_child = os.pipe()
        placed = f"exec {chromium()} {' '.join(_FLAGS)} --user-data-dir={folder} 3<&{to_child} 4>&{from_child}"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._process = subprocess.Popen(["bash", "-c", placed], pass_fds=(to_child, from_child), **quiet)
        os.close(to_child)
        os.close(from_child)
        self._buffer, self._number = b"", 0
        self.events: list[dict[str, Any]] = []

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        os.close(self._read)
        os.close(self._write)

    def call(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        """Ask something of it."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if session is not None:
            message["sessionId"] = session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            told = self._next()
            if told.get("id") == self._number:
                assert "error" not in told, f"{method}: {told['error']}"
                return told["result"]
            self.events.append(told)

    def _next(self) -> dict[str, Any]:
        end_s = time.monotonic() + _PATIENCE_S
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._read], [], [], max(0.0, end_s - time.monotonic()))
            assert ready, "Chromium does not answer"
            part = os.read(self._read, 1 << 20)
            assert part, "Chromium ended"
            self._buffer += part
        text, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(text)


class Page:
    """One page of it.

    Args:
        browser: whose.
        size_px: of its window.
        dark: what the system prefers.
        language: of the system.
    """

    def __init__(self, browser: Browser, size_px: tuple[int, int], *, dark: bool = False, language: str = "en-GB"):
        self._browser = browser
        context = browser.call("Target.createBrowserContext")["browserContextId"]
        target = browser.call("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        self._session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._target = target
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")
        width, height = size_px
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.call("Emulation.setDeviceMetricsOverride", **metrics)
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.call("Emulation.setEmulatedMedia", features=features)
        speaks = f"Object.defineProperty(navigator, 'language', {{get: () => '{language}'}})"
        self.call("Page.addScriptToEvaluateOnNewDocument", source=speaks)

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Ask something of the page."""
        return self._browser.call(method, self._session, **parameters)

    def open(self, url: str) -> None:
        """Go to an address."""
        self.call("Page.navigate", url=url)

    def ask(self, expression: str) -> Any:
        """What JavaScript says, also what it promises."""
        told = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in told, told["exceptionDetails"]
        return told["result"].get("value")

    def wait_for(self, expression: str, what: str) -> None:
        """Until JavaScript says yes."""
        end_s = time.monotonic() + _PATIENCE_S
        while time.monotonic() < end_s:
            if self.ask(f"Boolean({expression})"):
                return
            time.sleep(0.1)
        raise AssertionError(f"never came: {what}; troubles: {self.troubles}")

    @property
    def troubles(self) -> list[str]:
        """Errors that the page told of."""
        found = []
        for event in self._mine():
            kind, told = event["method"], event["params"]
            if kind == "Runtime.exceptionThrown":
                details = told["exceptionDetails"]
                found.append(details.get("exception", {}).get("description", details["text"]))
            elif kind == "Log.entryAdded" and told["entry"]["level"] == "error":
                found.append(f"{told['entry']['text']} {told['entry'].get('url', '')}")
            elif kind == "Runtime.consoleAPICalled" and told["type"] == "error":
                found.append(str([part.get("value", part.get("description")) for part in told["args"]]))
        return found

    @property
    def requests(self) -> list[str]:
        """Every address it asked."""
        return [one["params"]["request"]["url"] for one in self._mine() if one["method"] == "Network.requestWillBeSent"]

    def close(self) -> None:
        """Close it."""
        self._browser.call("Target.closeTarget", targetId=self._target)

    def _mine(self) -> Iterator[dict[str, Any]]:
        self.call("Runtime.evaluate", expression="0")  # whatever was told before is there then
        return (
            event for event in self._browser.events if event.get("sessionId") == self._session and "method" in event
        )


@contextmanager
def browser() -> Iterator[Browser]:
    """A Chromium for as long as the block lasts."""
    chromium()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        found = Browser(Path(folder))
        try:
            yield found
        finally:
            found.close()
