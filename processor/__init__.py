"""The claim desk of a Naver Smart Store: exports in, a workbook of actions out."""

__version__ = "0.2.0"
