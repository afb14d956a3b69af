"""The nouns of the claim desk. They import nothing else of ours.

All times are Korean wall time without a zone; money is whole won; an unknown value is missing, never 0 or "".
"""

from processor.model.columns import ANSWER_COLUMNS, DATE_COLUMNS, ID_COLUMNS, NUMBER_COLUMNS, Col
from processor.model.english import HEADERS, RESULTS, SHEETS
from processor.model.inputs import (
    Batch,
    InputFile,
    Kind,
    Origin,
    Original,
    OriginalSheet,
    Place,
    Problem,
    Repeat,
    SheetCount,
    Told,
)
from processor.model.past import KEPT, EarlierRun, Given, Kept, Past
from processor.model.points import POINT, Day, Forecast, Plan, Point, Range, Stage, Standing
from processor.model.report import Caution, Out, Report
from processor.model.text import NOTHING, UNKNOWN, RuleId, Text, josa
from processor.model.verdicts import (
    Action,
    Answer,
    Condition,
    FeeRuling,
    Leg,
    Payer,
    PenaltyEvent,
    Trail,
    Tried,
    Verdict,
    WhyNot,
)

__all__ = [
    "ANSWER_COLUMNS",
    "DATE_COLUMNS",
    "HEADERS",
    "ID_COLUMNS",
    "KEPT",
    "NOTHING",
    "NUMBER_COLUMNS",
    "POINT",
    "RESULTS",
    "SHEETS",
    "UNKNOWN",
    "Action",
    "Answer",
    "Batch",
    "Caution",
    "Col",
    "Condition",
    "Day",
    "EarlierRun",
    "FeeRuling",
    "Forecast",
    "Given",
    "InputFile",
    "Kept",
    "Kind",
    "Leg",
    "Origin",
    "Original",
    "OriginalSheet",
    "Out",
    "Past",
    "Payer",
    "PenaltyEvent",
    "Place",
    "Plan",
    "Point",
    "Problem",
    "Range",
    "Repeat",
    "Report",
    "RuleId",
    "SheetCount",
    "Stage",
    "Standing",
    "Text",
    "Told",
    "Trail",
    "Tried",
    "Verdict",
    "WhyNot",
    "josa",
]
