"""The words of the screen on which new names of columns and labels are taught."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor.model import Text

WORDS: Final[Mapping[str, Text]] = {
    "teach": Text("바뀐 이름 가르치기", "Teach new names"),
    "teach_how": Text(
        "판매자센터가 이름을 바꾸었으면, 무엇과 같은 뜻인지 골라 주세요. 모르는 것은 그대로 두세요.",
        "Where the Seller Center has renamed something, choose what it means. Leave what you don't know as it is.",
    ),
    "teach_column": Text("처음 보는 열 '{name}'", "Unknown column '{name}'"),
    "teach_label": Text(
        "'{column}' 열의 처음 보는 말 '{name}' ({rows}줄)", "Unknown label '{name}' in '{column}' ({rows} rows)"
    ),
    "teach_samples": Text("적힌 것: {samples}", "It holds: {samples}"),
    "teach_unknown": Text("모르겠습니다", "I don't know"),
    "teach_same_column": Text("'{name}' 열과 같습니다", "the same as the column '{name}'"),
    "teach_same_label": Text("같은 말: '{name}'", "the same as '{name}'"),
    "teach_missing": Text("없는 열: {names}", "Missing columns: {names}"),
    "teach_nothing": Text(
        "이 파일에는 가르칠 것이 없습니다. 열 이름과 말을 모두 압니다.",
        "There is nothing to teach: every name in this file is known.",
    ),
    "teach_try": Text("미리 보기", "Preview"),
    "teach_save": Text("저장", "Save"),
    "teach_back": Text("파일 넣기로", "Back to the files"),
    "teach_choose": Text("먼저 하나라도 골라 주세요.", "Choose at least one first."),
    "teach_next": Text("다음 실행부터 이렇게 읽습니다.", "From the next run on they are read like this."),
}
