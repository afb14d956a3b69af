"""Law 12, words are compared in one way: whatever form a label has in a file, in rules.yaml or in memory, it is the same word."""

from __future__ import annotations

import csv
import io
import os
import unicodedata
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from opened import opening
from test_laws import book, calendar
from trials import examples

from processor import intake, ledger
from processor.app.morning import remembered
from processor.app.think import think
from processor.judge import facts
from processor.model import Col, space_free

pytestmark = pytest.mark.slow

AS_OF = datetime(2026, 11, 23, 9, 30)
A, B = "2026112000000011", "2026112000000022"
COLUMNS = [
    "상품주문번호",
    "주문번호",
    "주문상태",
    "취소 처리상태",
    "취소사유",
    "취소요청일",
    "상품종류",
    "판매자 상품코드",
]
FORMS = {
    "as it is": str,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "full width": lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
    "spaced": " ".join,
    "no-break space": "\u00a0".join,
    "zero-width": "\u200b".join,
    "soft hyphen": "\u00ad".join,
}
FORM = st.sampled_from(list(FORMS))


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=20))
@examples(60)
def test_all_forms_of_a_text_compare_equal(text) -> None:
    plain = unicodedata.normalize("NFKC", text)
    assert space_free(space_free(text)) == space_free(text)
    assert space_free(unicodedata.normalize("NFD", plain)) == space_free(plain)
    assert "".join(space_free(text).split()) == space_free(text)


def rows_of(memory, as_of, name, *rows, rules):
    with TemporaryDirectory() as folder:
        text = io.StringIO()
        writer = csv.DictWriter(text, COLUMNS)
        writer.writeheader()
        writer.writerows([dict.fromkeys(COLUMNS, "") | row for row in rows])
        path = Path(folder) / name
        path.write_text(text.getvalue(), "utf-8")
        os.utime(path, (as_of.timestamp(),) * 2)
        found = intake.gather([intake.input_file(path)], rules.exports, rules.reasons, opening())
        batch, past = remembered(found, memory, as_of)
    return batch, past


def line(number=A, **cells):
    return {"상품주문번호": number, "주문번호": "2026112090000011", "주문상태": "결제완료", "취소 처리상태": "취소요청",
            "취소사유": "구매의사취소", "취소요청일": "2026-11-22 10:00", **cells}  # fmt: skip


def rewritten(form):
    """The default rules with every label of a state in another form."""
    exports = book().exports
    states = {
        role: {FORMS[form](label): word for label, word in words.items()} for role, words in exports.states.items()
    }
    hints = {role: {FORMS[form](label): word for label, word in words.items()} for role, words in exports.hints.items()}
    return replace(book(), exports=replace(exports, states=states, hints=hints))


@examples(12)
@given(FORM, FORM, st.sampled_from(["취소요청", "취소철회", "취소완료"]))
def test_a_label_in_any_form_is_the_same_word_in_files_and_in_the_rules(in_file, in_rules, label) -> None:
    rules = rewritten(in_rules)
    with TemporaryDirectory() as folder, ledger.opened(Path(folder) / "l.sqlite3", writing=True) as memory:
        batch, _ = rows_of(
            memory, AS_OF, "취소관리_20261123_0900.csv", line(**{"취소 처리상태": FORMS[in_file](label)}), rules=rules
        )
    found = facts.find(batch, rules, AS_OF, calendar()).facts["요청"].tolist()
    assert found == [{"취소요청": "구매자취소", "취소철회": "취소철회", "취소완료": "완료"}[label]]


def test_memory_is_compared_as_a_file_is():
    """An add-on and a code with a slash that only an earlier file told are found again, by any form of their words."""
    goods, addons, codes = (
        {form: f"{start}{n}1" for n, form in enumerate(FORMS)} for start in ("20261120000000", "20261120000001", "A/B-")
    )
    together = {form: {"주문번호": f"20261120900000{n}1"} for n, form in enumerate(FORMS)}
    with TemporaryDirectory() as folder, ledger.opened(Path(folder) / "l.sqlite3", writing=True) as memory:
        told = [
            line(
                addons[form],
                **together[form],
                **{"취소 처리상태": "취소철회", "상품종류": written("추가구성상품"), "판매자 상품코드": codes[form]},
            )
            for form, written in FORMS.items()
        ]
        batch, past = rows_of(memory, AS_OF, "취소관리_20261123_0900.csv", *told, rules=book())
        report = think(batch, book(), AS_OF, calendar(), past)
        memory.record(ledger.entry(report, "rules", "20261123_093000", "tests"))
        next_day = datetime(2026, 11, 24, 9, 30)
        asked = [line(goods[form], **together[form]) for form in FORMS]
        batch, past = rows_of(memory, next_day, "선택주문취소관리_20261124_0900.csv", *asked, rules=book())
        with_list = replace(batch, sold_out=listed(*(written(codes[form]) for form, written in FORMS.items())))
        numbers = {
            name: set(think(each, book(), next_day, calendar(), past).rows[Col.PRODUCT_ORDER_NO])
            for name, each in (("add-on", batch), ("code", with_list))
        }
    assert [form for form in FORMS if addons[form] not in numbers["add-on"]] == []
    assert [form for form in FORMS if addons[form] not in numbers["code"]] == []


def listed(*codes):
    keys = (Col.PRODUCT_NO, Col.SELLER_SKU, Col.OPTION_CODE, Col.OPTION)
    cells = {key: [*codes] if key == Col.SELLER_SKU else [""] * len(codes) for key in keys}
    return pd.DataFrame({key: pd.Series(values, dtype="str") for key, values in cells.items()})
