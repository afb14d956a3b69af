"""The claim desk of a Naver Smart Store: exports in, a workbook of actions out."""
