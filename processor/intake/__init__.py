"""Files into one table of claims, or problems: the room to change when Naver changes its exports."""

from processor.intake.filing import file_away, promised
from processor.intake.finding import find, input_file
from processor.intake.passwords import Passwords
from processor.intake.reading import read

__all__ = ["Passwords", "file_away", "find", "input_file", "promised", "read"]
