"""A question to a hall is answered without a robot: nothing that simulates or measures is even loaded."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.station.hall.point_guide import FILE

ASKED = """
import sys
from linewalker.cli import app
try:
    app(["ask", "--pack", sys.argv[1], sys.argv[2]])
except SystemExit as left:
    heavy = {"numba", "mujoco", "cv2", "scipy", "asyncua", "sqlalchemy", "prompt_toolkit"} & sys.modules.keys()
    print("loaded", sorted(heavy), left.code)
"""


@pytest.mark.parametrize(("order", "answer"), [("where is the door?", "1.7 m to the right"), ("修一下车窗", "拒绝")])
def test_an_answer_loads_no_robot(order: str, answer: str) -> None:
    command = [sys.executable, "-c", ASKED, str(FILE), order]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    assert answer in done.stdout
    assert done.stdout.splitlines()[-1] == "loaded [] 0"
