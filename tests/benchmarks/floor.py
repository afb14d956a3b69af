"""The lower bound of a day's time: unlock the same files, read them by calamine, write the same cells by XlsxWriter."""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import msoffcrypto
import xlsxwriter
from python_calamine import CalamineWorkbook

inputs, workbook, password = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
ours = CalamineWorkbook.from_path(str(workbook))
cells = {name: ours.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in ours.sheet_names}

began = perf_counter()
for path in inputs.iterdir():
    plain = io.BytesIO()
    locked = msoffcrypto.OfficeFile(io.BytesIO(path.read_bytes()))
    locked.load_key(password=password, verify_password=True)
    locked.decrypt(plain)
    plain.seek(0)
    book = CalamineWorkbook.from_filelike(plain)
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()
with (
    tempfile.TemporaryDirectory() as folder,
    xlsxwriter.Workbook(f"{folder}/floor.xlsx", {"constant_memory": False}) as written,
):
    for name, rows in cells.items():
        sheet = written.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell != "":
                    sheet.write(at, column, cell if isinstance(cell, str | int | float | bool) else str(cell))
print(perf_counter() - began)
