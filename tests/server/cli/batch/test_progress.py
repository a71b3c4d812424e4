"""What a batch shows while it works."""

import io

from rich.console import Console

from server.batch.totals import Totals
from server.cli.batch.progress import BatchProgress


def test_on_a_terminal_of_80_columns_nothing_is_cut_off() -> None:
    terminal = io.StringIO()
    console = Console(file=terminal, width=80, force_terminal=True, color_system=None)
    with BatchProgress(lambda: 1_000_000, console) as shown:
        shown(Totals(read=123_000, doubtful=1_234, failed=456))
    line = next(line for line in terminal.getvalue().splitlines() if "123,456" in line)
    assert "123,456 of 1,000,000: 1,234 doubtful, 456 failed" in line
    assert "…" not in line
