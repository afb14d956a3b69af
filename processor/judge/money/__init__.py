"""Who pays which leg of the shipping, how much, and what a late refund costs."""

from processor.judge.money.delay_interest import interest
from processor.judge.money.fees import amounts, bundle_goes, ruling, still_free

__all__ = ["amounts", "bundle_goes", "interest", "ruling", "still_free"]
