"""The means are what people type."""

from __future__ import annotations

import subprocess
import sys

from linewalker.factory.records.means import Means


def test_the_means_are_words_and_to_name_them_loads_no_database():
    assert [str(means) for means in Means] == ["delete", "pseudonym"]
    code = "import sys; import linewalker.cli; print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
