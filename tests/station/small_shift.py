"""One car with three characteristics, two of which are wrong: as files that a user hands in."""

from __future__ import annotations

from pathlib import Path

from linewalker.station.shift_files import ShiftFiles

PLAN = """
models:
  sedan:
    characteristics:
      - {id: G, name: {zh: 间隙, en: gap}, method: gap, feature: fender_left/front_door_left, at: {z: 250},
         unit: mm, nominal: 4, tolerance: 1, class: major}
      - {id: F, name: {zh: 面差, en: flush}, method: flush, feature: fender_left/front_door_left, at: {z: 250},
         unit: mm, nominal: 0, tolerance: 1, class: major}
      - {id: W, name: {zh: 左前轮, en: front wheel}, method: variant, feature: wheel_front_left, class: minor}
"""
VIN = "LWKSD11A1T1000001"
SHIFT = f"sequence,vin,model,options\n1,{VIN},sedan,paint=red\n"
WORLD = f"""
cars:
  {VIN}:
    panels: {{front_door_left: {{dx_mm: 2.5}}}}
    parts: {{wheel_front_left: {{variant: sport}}}}
"""


def written(folder: Path, **texts: str) -> ShiftFiles:
    for name, text in {"shift": SHIFT, "plan": PLAN, "world": WORLD, **texts}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return ShiftFiles(shift=folder / "shift", plan=folder / "plan", world=folder / "world", robot="g1", seed=1)
