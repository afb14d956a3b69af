"""Makes invented, realistic Seller Center exports of any size, for the demo, the tests and the benchmarks.

The same arguments give the same orders. No real person is in them: buyers are numbers, and addresses say that they are
invented.
"""

from processor.market.downloads import file_name
from processor.samples.day import orders
from processor.samples.demo import DEMO_PASSWORD, demo_desk
from processor.samples.exports import (
    write_answers,
    write_cancel,
    write_decided,
    write_dispatch,
    write_exchange,
    write_return,
    write_search,
    write_shipping,
    write_sold_out,
)
from processor.samples.mornings import Morning, mornings, write_morning
from processor.samples.order import Claim, Order
from processor.samples.stories import stories, story_answers, story_sold_out

__all__ = [
    "DEMO_PASSWORD",
    "Claim",
    "Morning",
    "Order",
    "demo_desk",
    "file_name",
    "mornings",
    "orders",
    "stories",
    "story_answers",
    "story_sold_out",
    "write_answers",
    "write_cancel",
    "write_decided",
    "write_dispatch",
    "write_exchange",
    "write_morning",
    "write_return",
    "write_search",
    "write_shipping",
    "write_sold_out",
]
