"""A usual script for the same work: msoffcrypto, `pandas.read_excel`, `DataFrame.apply` row by row, `to_excel`.

The last argument names the library that writes the workbook: openpyxl, which the script needs for reading anyway, or
XlsxWriter.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

import msoffcrypto
import pandas as pd

inputs, password, writer = Path(sys.argv[1]), sys.argv[2], sys.argv[3]


def read(path: Path) -> pd.DataFrame:
    plain = io.BytesIO()
    locked = msoffcrypto.OfficeFile(io.BytesIO(path.read_bytes()))
    locked.load_key(password=password)
    locked.decrypt(plain)
    return pd.read_excel(plain, engine="openpyxl", dtype=str, header=1 if "발주발송" in path.name else 0)


def action(row: pd.Series) -> str:
    if pd.isna(row["취소 처리상태"]):
        return "발송"
    if pd.notna(row["발송처리일"]):
        return "반품"
    if pd.notna(row["송장출력일"]):
        return "고객협의"
    return "취소승인" if row["취소 처리상태"] == "취소요청" else "확인필요"


files = {"발주발송" if "발주발송" in path.name else "취소": read(path) for path in inputs.iterdir()}
claims = files["취소"][["상품주문번호", "취소 처리상태"]]
orders = files["발주발송"].merge(claims, on="상품주문번호", how="left")
orders["조치"] = orders.apply(action, axis=1)
orders["이유"] = orders.apply(lambda row: f"{row['주문상태']} · {row['조치']}", axis=1)
with tempfile.TemporaryDirectory() as folder:
    orders.to_excel(f"{folder}/script.xlsx", index=False, engine=writer)
