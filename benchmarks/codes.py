"""``python -m benchmarks.codes``: codes lost and codes misread, in pictures drawn at random.

Every picture has one code with the number of a car: oblique by up to 50 degrees, turned at will, blurred by up to 0.22
modules, noisy, in light that slopes by up to a half and sometimes shines, ink and paper of any contrast above 60 grey
levels. Where modules are smaller than 4 px, codes may be lost, and none may be misread.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from tests.inspection.code.drawn_codes import draw_vin, photograph

from benchmarks.table import Row, Sheet, one
from linewalker.console.streams import steady_output
from linewalker.inspection.code.reader import SYMBOLOGIES, read_codes


@dataclass(frozen=True, kw_only=True)
class Stratum:
    """Codes of one size.

    Attributes:
        module_px: range of the side of a module, along the slant.
        share: of the pictures asked for.
        must_lose: how many may be lost; None: not bounded.
    """

    module_px: tuple[float, float]
    share: float = 1.0
    must_lose: float | None = None


STRATA = (
    Stratum(module_px=(4.0, 9.0), must_lose=0),
    Stratum(module_px=(9.0, 20.0), share=0.1, must_lose=0),
    Stratum(module_px=(2.0, 4.0), share=0.1),
)


def lost_and_misread(stratum: Stratum, trials: int, rng: np.random.Generator) -> Iterator[Row]:
    """Of so many pictures, evenly of each symbology."""
    lost, wrong, took_s = dict.fromkeys(SYMBOLOGIES, 0), 0, []
    for trial in range(trials):
        symbology = list(SYMBOLOGIES)[trial % len(SYMBOLOGIES)]
        seen = photograph(rng, symbology=symbology, text=draw_vin(rng), module_px=stratum.module_px)
        began = time.perf_counter()
        texts = [code.text for code in read_codes(seen.grey)]
        took_s.append(time.perf_counter() - began)
        lost[symbology] += not texts
        wrong += bool(texts) and texts != [seen.text]
    bound = {} if stratum.must_lose is None else {"must": stratum.must_lose}
    note = ", ".join(f"{name} {count}" for name, count in lost.items())
    yield one(f"lost of {trials}", sum(lost.values()), digits=0, note=f"({note})", **bound)  # type: ignore[arg-type]
    yield one(f"misread of {trials}", wrong, must=0, digits=0)
    yield Row(what="time", values={"mean": 1e3 * np.mean(took_s), "p99": 1e3 * np.percentile(took_s, 99)}, unit="ms")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.codes", description=__doc__)
    parser.add_argument("--codes", type=int, default=2995, help="pictures of the first table")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if options.codes < 20:
        parser.error(f"--codes {options.codes}: expected at least 20")
    rng, sheet = np.random.default_rng(options.seed), Sheet()
    for stratum in STRATA:
        title = "codes of {:g} to {:g} px a module".format(*stratum.module_px)
        rows = list(lost_and_misread(stratum, int(stratum.share * options.codes), rng))
        sheet.show(title, rows, f"python -m benchmarks.codes --codes {options.codes} --seed {options.seed}")
    sheet.close()


if __name__ == "__main__":
    with steady_output():
        main()
