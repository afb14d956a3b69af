"""The account of a batch of which every order is decided, for tests of what intake makes of files."""

from processor.model import Batch, Col, SheetCount, account


def counted(batch: Batch) -> tuple[SheetCount, ...]:
    return account(batch, batch.claims[Col.SOURCE])
