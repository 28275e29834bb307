"""What installed packages offer is found by name; a broken one is named, and stops only those who use it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from linewalker.errors import BrokenPlugin
from linewalker.plugins import Registry

OURS: Registry[str] = Registry(group="linewalker.greetings", kind="greeting", wanted=str, built_in={"hello": "Hello"})


Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Installs a package with one module and offers out of it."""
    monkeypatch.syspath_prepend(tmp_path)

    def make(package: str, code: str, **offers: str) -> None:
        (tmp_path / f"{package}.py").write_text(code, encoding="utf-8")
        info = tmp_path / f"{package}-1.2.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.2\n", encoding="utf-8")
        lines = "".join(f"{name} = {package}:{what}\n" for name, what in offers.items())
        (info / "entry_points.txt").write_text(f"[linewalker.greetings]\n{lines}", encoding="utf-8")

    return make


def test_ours_come_first_and_need_nothing_installed() -> None:
    assert dict(OURS) == {"hello": "Hello"}
    with pytest.raises(KeyError):
        OURS["ahoy"]


def test_what_a_package_offers_is_one_of_them(install: Install) -> None:
    install("harbour", "AHOY, MOIN = 'Ahoy', 'Moin'", moin="MOIN", ahoy="AHOY")
    assert list(OURS) == ["hello", "ahoy", "moin"]
    assert (OURS["ahoy"], len(OURS), "moin" in OURS, "servus" in OURS) == ("Ahoy", 3, True, False)


@pytest.mark.parametrize(
    ("code", "what", "says"),
    [
        ("import no_such_module", "AHOY", "can not be loaded (ModuleNotFoundError: No module named 'no_such_module')"),
        ("1 / 0", "AHOY", "can not be loaded (ZeroDivisionError: division by zero)"),
        ("AHOI = 'Ahoi'", "AHOY", "can not be loaded (AttributeError"),
        ("AHOY = 7", "AHOY", "which is a int; expected a str"),
    ],
)
def test_a_broken_package_is_named_with_its_cause(install: Install, code: str, what: str, says: str) -> None:
    package = f"broken_{abs(hash((code, what)))}"  # Python keeps what it once imported
    install(package, code, ahoy=what)
    assert "ahoy" in OURS  # nothing is loaded yet
    assert OURS["hello"] == "Hello"
    with pytest.raises(BrokenPlugin) as caught:
        OURS["ahoy"]
    assert str(caught.value).startswith(f"the package {package} 1.2 offers the greeting 'ahoy' as {package}:{what}")
    assert says in str(caught.value)


def test_a_name_belongs_to_one_package(install: Install) -> None:
    install("first", "X = 'x'", ahoy="X")
    install("second", "X = 'x'", ahoy="X")
    with pytest.raises(BrokenPlugin, match=r"greeting 'ahoy', and so does the package (first|second) 1\.2"):
        OURS["ahoy"]


def test_no_package_takes_a_name_of_ours(install: Install) -> None:
    install("thief", "X = 'x'", hello="X")
    assert OURS["hello"] == "Hello"
    with pytest.raises(
        BrokenPlugin, match=r"the package thief 1\.2 offers the greeting 'hello', and so does linewalker"
    ):
        list(OURS)
