"""The byte image goes into a file that TIA Portal and Excel take for UTF-8, or to whoever asked."""

from __future__ import annotations

import pytest

from linewalker.console.interface_command import show_interface
from linewalker.console.options import Format
from linewalker.errors import StorageFault
from linewalker.factory.fieldbus.interface_files import offsets_table, scl_source


@pytest.mark.parametrize(("wanted", "text"), [(Format.SCL, scl_source()), (Format.CSV, offsets_table())])
def test_a_file_and_the_screen_show_the_same(wanted, text, tmp_path, capsys):
    show_interface(wanted, None)
    assert capsys.readouterr().out == text
    show_interface(wanted, tmp_path / "image")
    assert capsys.readouterr().out == ""
    assert (tmp_path / "image").read_bytes() == b"\xef\xbb\xbf" + text.encode()


def test_a_file_that_can_not_be_written_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StorageFault, match="can not be written"):
        show_interface(Format.CSV, tmp_path / "file" / "image.csv")
