"""수정필요_….xlsx: a copy of the seller's own file with its bad cells marked, to be corrected and dropped in again.

This module decides what is marked and written. The process that opens files makes the copy (`opener.marking`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Final

from processor.market.downloads import clock
from processor.model import Original, OriginalSheet, Problem, Text
from processor.opener.correction import BadCell, Colours, Correction, NewSheet, OwnSheet, ProblemList
from processor.opener.process import Opener
from processor.opener.reply import Refusal
from processor.outbox import looks
from processor.outbox.sheet import Line, Tone
from processor.outbox.sizes import line_height
from processor.outbox.typeset import clean, lines, units

PREFIX: Final = "수정필요_"
_SHEET: Final = Text("시트", "Sheet")
_LIST: Final = Text("문제목록", "Problems")
_COLUMNS: Final = (
    (_SHEET, 16),
    (Text("고칠 칸", "Cell to correct"), 14),
    (Text("열", "Column"), 18),
    (Text("값", "Value"), 24),
    (Text("무엇이 문제인가", "What is wrong"), 50),
    (Text("어떻게 하나", "What to do"), 50),
)
_LINK: Final = 2  # number (from 1) of the column that links to the cell to correct
_WIDEST: Final = 60  # characters, of a column with copied cells
_TALLEST_COMMENT: Final = 600  # pixels
_WIDTH: Final = sum(width for _, width in _COLUMNS)
_UNFIT_FOR_A_FILE: Final = frozenset('<>:"/\\|?*')  # on Windows
_UNSEEN: Final = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
"""The categories of characters that show nothing or turn the text around, such as control characters."""
_UNFIT_FOR_A_SHEET: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_EXCELS_OWN: Final = "history"  # the name of a sheet that Excel refuses
_LONGEST_TITLE: Final = 31  # as Excel counts
_LONGEST_STEM: Final = 180  # bytes; the whole name then stays below the 255 bytes that file systems allow
_COLOURS: Final = Colours(
    font=str(looks.FONT["font_name"]),
    header=looks.HEADER_GROUND.removeprefix("#"),
    link=looks.LINK.removeprefix("#"),
    marked=looks.ASKED_GROUND.removeprefix("#"),
    edge=looks.ASKED_EDGE.removeprefix("#"),
)

_HOW: Final = Text(
    "주황색으로 표시한 칸을 고쳐 저장한 뒤 이 파일을 inbox 폴더에 넣으면 이어서 처리합니다. 나머지 줄은 이미 처리했으니 그대로 두세요.",
    "Correct the orange cells, save, and drop this file into the inbox folder to go on. The other rows are handled already: leave them as they are.",
)
_ONLY_BAD: Final = Text(
    " 원래 파일에는 표시할 수 없어 고칠 줄만 옮겨 적었습니다.",
    " The original could not be marked, so only the rows to correct stand here.",
)
_MORE: Final = Text(
    " 고칠 줄이 더 있습니다(모두 {n:,}줄). 이렇게 많으면 판매자센터에서 다시 내려받는 것이 빠릅니다.",
    " There are more rows to correct ({n:,} in all). With so many, another download from the Seller Center is quicker.",
)
_NO_BUYERS: Final = Text(
    " 구매자 정보 칸은 비웠습니다. 처리에는 쓰이지 않습니다.",
    " Cells about the buyer are blank; nothing needs them.",
)


def name_of(original: Original) -> str:
    """수정필요_<name>.xlsx, valid on every file system. The moment at which the original was made is added if missing."""
    name = original.name.rpartition("/")[2].removeprefix(PREFIX)
    stem = "".join("_" if _is_unfit(character) else character for character in name.rpartition(".")[0] or name)
    stem = stem.encode()[:_LONGEST_STEM].decode(errors="ignore")
    made = clock(original.taken_at)
    return f"{PREFIX}{stem}{'' if made in stem else f'_{original.taken_at:%Y%m%d_%H%M%S}'}.xlsx"


def _is_unfit(character: str) -> bool:
    return character in _UNFIT_FOR_A_FILE or unicodedata.category(character) in _UNSEEN


def copy(original: Original, opener: Opener, lang: str) -> bytes | None:
    """The workbook to correct as bytes, locked with the original's password if it has one.

    opener: the process that holds the original open.
    None where no bad row could be read again, or even a copy of the bad rows alone cannot be made.
    """
    titles = _titles([sheet.name for sheet in original.sheets], lang)
    own = [
        OwnSheet(sheet.name, title, sheet.header_row, sheet.personal)
        for sheet, title in zip(original.sheets, titles, strict=True)
    ]
    copied = _correction(original, titles, lang, own=False)
    if not copied.bad:
        return None
    made = opener.correction_copy(
        own if original.whole else [],
        _correction(original, titles, lang, own=True),
        [_bad_rows(sheet, title) for sheet, title in zip(original.sheets, titles, strict=True)],
        copied,
    )
    return None if isinstance(made, Refusal) else made


def corrected(
    original: Original, opener: Opener, cells: Mapping[tuple[str, int], Mapping[str, str]], lang: str
) -> bytes | None:
    """The copy of the bad rows alone, as the seller returns it: with these values. cells: sheet and row → header → value.

    Rows that are not named stand there as they are: whoever left them out would say that nothing is wrong with them.
    None where it cannot be made.
    """
    titles = _titles([sheet.name for sheet in original.sheets], lang)
    told = [sheet._replace(rows=_with_values(sheet, cells)) for sheet in original.sheets]
    made = opener.correction_copy(
        [],
        _correction(original, titles, lang, own=True),
        [_bad_rows(sheet, title) for sheet, title in zip(told, titles, strict=True) if sheet.rows],
        _correction(original, titles, lang, own=False)._replace(bad=()),
    )
    return None if isinstance(made, Refusal) else made


def _with_values(
    sheet: OriginalSheet, cells: Mapping[tuple[str, int], Mapping[str, str]]
) -> dict[int, tuple[str, ...]]:
    return {
        row: tuple(
            cells.get((sheet.name, row), {}).get(header, text)
            for header, text in zip(sheet.headers, texts, strict=False)
        )
        for row, texts in sheet.rows.items()
    }


def _bad_rows(sheet: OriginalSheet, title: str) -> NewSheet:
    rows = [[clean(text) for text in texts] for texts in (sheet.headers, *sheet.rows.values())]
    return NewSheet(title, rows, [min(_WIDEST, max(12, 2 * len(header))) for header in sheet.headers])


def _titles(names: Sequence[str], lang: str) -> list[str]:
    """Sheet names that Excel accepts, all different: a sheet may have any name, and that of a csv is its file's."""
    taken = {_EXCELS_OWN, _LIST.said(lang).casefold()}
    titles = []
    for name in names:
        fit = _UNFIT_FOR_A_SHEET.sub("_", clean(name)).strip("' ") or _SHEET.said(lang)
        numbered = (_shortened(fit, "" if number == 1 else f"_{number}") for number in count(1))
        titles.append(next(title for title in numbered if title.casefold() not in taken))
        taken.add(titles[-1].casefold())
    return titles


def _shortened(name: str, end: str) -> str:
    while units(name + end) > _LONGEST_TITLE:
        name = name[: min(len(name), _LONGEST_TITLE) - 1]
    return name.rstrip("' ") + end


def _correction(original: Original, titles: Sequence[str], lang: str, *, own: bool) -> Correction:
    """What is marked in the copy. own: the copy is of the whole file; else of its bad rows alone."""
    bad = tuple(_bad_cells(original, titles, lang, own))
    heading = clean(_how(original, own, len(bad)).said(lang))
    problems = ProblemList(
        name=_LIST.said(lang),
        heading=heading,
        heading_height=line_height(Line(heading, Tone.HEADING), _WIDTH),
        headers=[header.said(lang) for header, _ in _COLUMNS],
        widths=[width for _, width in _COLUMNS],
        link=_LINK,
    )
    language = "en" if lang == "en" else "ko-KR"
    return Correction(name_of(original), language, original.taken_at, original.password, _COLOURS, bad, problems)


def _bad_cells(original: Original, titles: Sequence[str], lang: str, own: bool) -> Iterator[BadCell]:
    """Every bad cell, with its place in the copy."""
    numbers = {sheet.name: number for number, sheet in enumerate(original.sheets)}
    below = [{row: at for at, row in enumerate(sheet.rows, start=2)} for sheet in original.sheets]
    for problem in original.problems:
        number, row = numbers.get(problem.place.sheet), problem.place.row
        if number is not None and row in below[number]:
            sheet = original.sheets[number]
            for bad in problem.cells:
                at = row if own else below[number][row]
                yield _bad_cell(bad, number, titles[number], at, _column(sheet, bad.column) + 1, lang)


def _bad_cell(bad: Problem, sheet: int, title: str, row: int, column: int, lang: str) -> BadCell:
    message, fix = bad.message.said(lang), bad.fix.said(lang)
    comment = clean(f"{message}\n→ {fix}")
    tall = min(_TALLEST_COMMENT, 30 + 18 * lines(comment, 50))
    texts = [clean(text) for text in (title, "", bad.column, bad.value, message, fix)]
    height = looks.LINE_HEIGHT * min(looks.TALLEST, max(lines(text, 48) for text in texts)) + 2
    return BadCell(sheet, row, column, comment, tall, texts, height)


def _column(sheet: OriginalSheet, header: str) -> int:
    return sheet.headers.index(header) if header in sheet.headers else sheet.key


def _how(original: Original, own: bool, bad: int) -> Text:
    rows = sum(len(sheet.rows) for sheet in original.sheets)
    sentences = [_HOW]
    sentences += [] if own else [_ONLY_BAD]
    sentences += [_filled(_MORE, len(original.problems))] if rows < len(original.problems) and bad else []
    sentences += [_NO_BUYERS] if any(sheet.personal for sheet in original.sheets) else []
    return Text("".join(one.ko for one in sentences), "".join(one.en for one in sentences))


def _filled(text: Text, number: int) -> Text:
    return Text(text.ko.format(n=number), text.en.format(n=number))
