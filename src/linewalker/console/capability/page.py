"""A sheet as one self-contained HTML page with its plots, to be read, printed, signed and filed."""

from __future__ import annotations

from pathlib import Path

import jinja2
from markupsafe import Markup

import linewalker
from linewalker.console.capability.sheet import Sheet, Words
from linewalker.console.capability.show import SIGNS
from linewalker.inspection.capability.grade import Grade
from linewalker.wholefile import write_whole

_CLASSES = {Grade.GOOD: "ok", Grade.MARGINAL: "not_decidable", Grade.POOR: "nok"}


def render_page(sheet: Sheet, language: str) -> str:
    """The page as HTML; it opens in a language, and has the other one as well."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("linewalker.console", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(words=_words)
    return environment.get_template("capability.html.j2").render(
        sheet=sheet,
        language=language,
        plots=[Markup(plot.svg()) for plot in sheet.plots],  # whose texts are escaped where they are drawn
        grades=sheet.grades,
        classes=_CLASSES,
        signs=SIGNS,
        software=f"linewalker {linewalker.__version__}",
    )


def write_page(sheet: Sheet, path: Path, language: str) -> None:
    """Write it whole.

    Raises:
        StorageFault: the disk does not take it.
    """
    write_whole(path, render_page(sheet, language))


def _words(words: Words) -> tuple[str, str]:
    """Chinese, English."""
    return (words, words) if isinstance(words, str) else (words.zh, words.en)
