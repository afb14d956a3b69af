"""A report on disk: the workbook that the seller works through, and its manifest. It computes nothing about claims."""

from processor.outbox.grid import grid
from processor.outbox.lines import lines, summary
from processor.outbox.publish import next_place, tidy, write
from processor.outbox.sheet import Sheet
from processor.outbox.spoken import needs_you, spoken
from processor.outbox.template import write_template

__all__ = ["Sheet", "grid", "lines", "needs_you", "next_place", "spoken", "summary", "tidy", "write", "write_template"]
