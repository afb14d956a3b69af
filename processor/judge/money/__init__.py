"""Who pays which leg of the shipping, how much, and what a late refund costs."""

from processor.judge.money.fees import amounts, bundle_goes, ruling, still_free
from processor.judge.money.interest import interest

__all__ = ["amounts", "bundle_goes", "interest", "ruling", "still_free"]
