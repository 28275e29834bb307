"""``linewalker interface``: files about the byte image for those who program the line's controller."""

from __future__ import annotations

import sys
from pathlib import Path

from linewalker.console.options import Format
from linewalker.factory.fieldbus.interface_files import offsets_table, scl_source
from linewalker.wholefile import write_whole

_FORMAT_MARK = "\ufeff"
"""By it TIA Portal and Excel know that a file is UTF-8."""


def show_interface(wanted: Format, out: Path | None) -> None:
    """Write the byte image into a file, or show it.

    Raises:
        StorageFault: the file can not be written.
    """
    text = scl_source() if wanted is Format.SCL else offsets_table()
    if out is None:
        sys.stdout.write(text)
    else:
        write_whole(out, _FORMAT_MARK + text)
