"""What an import tells at its end: every row accounted for."""

from rich.table import Table

from bywalec.cli.importing.tally import Tally
from bywalec.cli.language import _


def summary(tally: Tally) -> Table:
    """Return the figures of an import as a table: rows and receipts by what became of them."""
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    table.add_column(_("receipts"), justify="right")
    table.add_column(_("rows"), justify="right")
    table.add_row(_("taken in"), str(tally.receipts), str(tally.accepted))
    table.add_row(_("there already"), str(tally.receipts_repeated), str(tally.repeated))
    table.add_row(_("returns that wait for their sale"), str(tally.return_slips), str(tally.returns))
    table.add_row(_("returns there already"), str(tally.return_slips_repeated), str(tally.returns_repeated))
    table.add_row(_("refused"), "", str(tally.rejected))
    table.add_row(_("all rows of the file"), "", str(tally.rows), style="bold")
    table.add_section()
    table.add_row(_("members created"), str(tally.members), "")
    table.add_row(_("points credited"), str(tally.points), "")
    figures = tally.figures()
    lasted = f"{figures['lock_ms_median']} / {figures['lock_ms_max']}"
    table.add_row(_("transactions: median / longest, ms"), lasted, "")
    return table
