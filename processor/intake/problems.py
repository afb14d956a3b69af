"""All sentences about files, sheets and rows that cannot be used: what is wrong, and how the seller can correct it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from processor.intake.cells import without_phones
from processor.model import NOTHING, Place, Problem, Text, josa

_MISSING_PASSWORD_FIX = Text(
    "엑셀을 내려받을 때 정한 비밀번호를 'python -m processor password' 명령으로 저장하고, 이 파일을 inbox에 둔 채로 다시 실행해 주세요.",
    "Keep the password you chose when downloading with 'python -m processor password', and run again with this file in inbox.",
)
_DOWNLOAD_AGAIN = Text(
    "판매자센터에서 엑셀을 다시 내려받아 inbox에 넣어 주세요.",
    "Download the file from the Seller Center again and drop it into inbox.",
)
_SMALLER = Text(
    "조회기간을 나누어 작은 파일 여러 개로 내려받아 주세요. 한도는 rules.yaml의 exports › limits에서 바꿀 수 있습니다.",
    "Download several smaller files with shorter periods. The limits are in rules.yaml under exports › limits.",
)
_AS_TEXT = Text(
    "판매자센터에서 받은 파일을 엑셀로 열어 다시 저장하지 말고 그대로 넣어 주세요. 직접 고칠 때는 칸을 '텍스트'로 바꾼 뒤 16자리를 적어 주세요.",
    "Drop the file in as the Seller Center gave it, without saving it again in Excel. To mend it by hand, format the cell as text and type all 16 digits.",
)
_SAVE_AS_XLSX = Text(
    "엑셀에서 열어 'Excel 통합 문서(.xlsx)'로 저장하거나, 판매자센터에서 다시 내려받아 넣어 주세요.",
    "Open it in Excel and save it as a workbook (.xlsx), or download it from the Seller Center again.",
)
_EXCEL_DOWNLOAD = Text(
    "판매자센터의 '엑셀다운로드'로 받은 파일을 넣어 주세요.",
    "Drop in the file that the Seller Center's Excel download gives.",
)
_UNPACK = Text("압축을 풀어 안의 엑셀 파일을 넣어 주세요.", "Unpack it and drop in the spreadsheets inside.")
_DATE_AS_SHOWN = Text(
    "판매자센터에서 이 주문의 날짜를 보고 2026-11-22 14:30처럼 적거나, 엑셀을 다시 내려받아 넣어 주세요.",
    "Look at the date of this order in the Seller Center and write it like 2026-11-22 14:30, or download the file again.",
)
_UNMERGE = Text(
    "엑셀에서 병합을 풀고 줄마다 값을 적거나, 판매자센터에서 다시 내려받아 넣어 주세요.",
    "Unmerge the cells in Excel and write the value into each row, or download the file from the Seller Center again.",
)
_CHOOSE = Text("{names} 가운데 골라 주세요.", "Choose one of these: {names_en}.")
_CELL = Text("이 칸을 고쳐서 다시 넣어 주세요.", "Correct this cell and drop the file in again.")

_SAID: dict[str, tuple[Text, Text]] = {
    "password_missing": (
        Text(
            "비밀번호가 걸린 파일인데, 열어 볼 비밀번호가 없습니다.",
            "The file is locked, and there is no password to try.",
        ),
        _MISSING_PASSWORD_FIX,
    ),
    "password_wrong": (
        Text("알고 있는 비밀번호로는 이 파일이 열리지 않습니다.", "None of the known passwords opens this file."),
        _MISSING_PASSWORD_FIX,
    ),
    "file_unreadable": (
        Text(
            "파일이 망가졌거나 엑셀 파일이 아니어서 읽지 못했습니다.",
            "The file is damaged or no spreadsheet, and could not be read.",
        ),
        _DOWNLOAD_AGAIN,
    ),
    "file_unreadable.empty": (Text("빈 파일입니다.", "The file is empty."), _DOWNLOAD_AGAIN),
    "file_unreadable.blank": (
        Text("파일 안에 읽을 내용이 없습니다.", "There is nothing in the file that could be read."),
        _DOWNLOAD_AGAIN,
    ),
    "file_unreadable.half": (
        Text(
            "파일이 중간에 끊겨 있습니다. 내려받다가 멈춘 것으로 보입니다.",
            "The file breaks off in the middle: the download seems to have stopped half-way.",
        ),
        _DOWNLOAD_AGAIN,
    ),
    "file_unreadable.faults": (
        Text(
            "값 대신 오류나 계산되지 않은 수식이 든 칸이 있는데, 그 칸이 어디인지 파일에 적혀 있지 않습니다.",
            "Some cells hold an error or a formula that was never worked out, and the file does not say where they are.",
        ),
        _SAVE_AS_XLSX,
    ),
    "file_unreadable.html": (
        Text("엑셀이 아니라 표가 없는 웹페이지입니다.", "This is a web page without a table, not a spreadsheet."),
        _DOWNLOAD_AGAIN,
    ),
    "file_unreadable.login": (
        Text(
            "엑셀이 아니라 로그인 화면이 저장된 파일입니다. 로그인이 풀린 채 내려받은 것으로 보입니다.",
            "This is a saved login page, not a spreadsheet: the login had probably expired when it was downloaded.",
        ),
        Text(
            "판매자센터에 다시 로그인한 뒤 엑셀을 내려받아 넣어 주세요.",
            "Log in to the Seller Center again and download the file anew.",
        ),
    ),
    "file_unreadable.old_xml": (
        Text("엑셀 2003의 XML 형식이라 읽지 못합니다.", "This is the XML form of Excel 2003, which is not read."),
        _SAVE_AS_XLSX,
    ),
    "file_unreadable.ods": (
        Text(
            "오픈오피스·리브레오피스 형식(.ods)이라 읽지 못합니다.",
            "This is an OpenDocument file (.ods), which is not read.",
        ),
        _SAVE_AS_XLSX,
    ),
    "file_unreadable.numbers": (
        Text("애플 Numbers 파일이라 읽지 못합니다.", "This is an Apple Numbers file, which is not read."),
        Text(
            "Numbers에서 '다음으로 내보내기 › Excel'로 저장해 넣어 주세요.",
            "In Numbers, use Export To › Excel, and drop that file in.",
        ),
    ),
    "file_unreadable.pdf": (Text("PDF 파일은 읽을 수 없습니다.", "A PDF file cannot be read."), _EXCEL_DOWNLOAD),
    "file_unreadable.picture": (Text("그림 파일은 읽을 수 없습니다.", "A picture cannot be read."), _EXCEL_DOWNLOAD),
    "file_unreadable.document": (
        Text(
            "문서 파일(워드, 한글, 파워포인트)은 읽을 수 없습니다.",
            "A document (Word, Hangul, PowerPoint) cannot be read.",
        ),
        _EXCEL_DOWNLOAD,
    ),
    "file_unreadable.program": (
        Text("실행 파일입니다. 열지 않았습니다.", "This is a program. It was not opened."),
        Text(
            "받은 기억이 없는 파일이면 지워 주세요. 엑셀 파일만 넣어 주세요.",
            "Delete it if you do not remember it. Drop in spreadsheets only.",
        ),
    ),
    "file_unreadable.packed": (
        Text(
            "zip이 아닌 압축 파일이라 풀지 못합니다.",
            "This is a packed file other than a zip, which cannot be unpacked.",
        ),
        _UNPACK,
    ),
    "file_unreadable.zip_in_zip": (
        Text("압축 파일 안에 또 압축 파일이 있어 열지 않았습니다.", "It is a zip inside a zip, and was not opened."),
        _UNPACK,
    ),
    "file_unreadable.locked_zip": (
        Text("비밀번호가 걸린 압축 파일은 풀지 못합니다.", "A zip locked with a password cannot be unpacked."),
        _UNPACK,
    ),
    "file_unreadable.gone": (
        Text(
            "파일을 열 수 없습니다. 지워졌거나 다른 프로그램이 쓰고 있습니다.",
            "The file cannot be opened: it is gone, or another program is using it.",
        ),
        Text("엑셀에서 열려 있으면 닫고, 다시 실행해 주세요.", "Close it in Excel if it is open there, and run again."),
    ),
    "file_too_large.file": (Text("파일이 {n} MiB보다 큽니다.", "The file is larger than {n} MiB."), _SMALLER),
    "file_too_large.unpacked": (
        Text("파일을 풀면 {n} MiB보다 큽니다.", "The file unpacks to more than {n} MiB."),
        _SMALLER,
    ),
    "file_too_large.ratio": (
        Text(
            "파일이 {n}배 넘게 압축되어 있어 열지 않았습니다.",
            "The file is compressed more than {n} times and was not opened.",
        ),
        _DOWNLOAD_AGAIN,
    ),
    "file_too_large.rows": (Text("시트가 {n}줄보다 깁니다.", "The sheet has more than {n} rows."), _SMALLER),
    "file_too_large.columns": (
        Text("시트에 열이 {n}개보다 많습니다.", "The sheet has more than {n} columns."),
        Text(
            "판매자센터에서 엑셀을 다시 내려받거나, 표 오른쪽의 빈 열을 지우고 저장해 다시 넣어 주세요.",
            "Download the file from the Seller Center again, or delete the empty columns right of the table, save and drop it in.",
        ),
    ),
    "file_too_large.scattered": (
        Text(
            "칸이 {cell}까지 흩어져 있어 시트를 읽지 않았습니다. 표에서 멀리 떨어진 곳에 값이 있습니다.",
            "Cells are scattered as far as {cell}, so the sheet was not read: there is a value far away from the table.",
        ),
        Text(
            "판매자센터에서 다시 내려받아 넣어 주세요. 직접 만든 파일이면 표를 새 시트로 옮겨 담아 넣어 주세요.",
            "Download the file from the Seller Center again. If you made it yourself, move its table to a sheet of its own.",
        ),
    ),
    "file_too_large.sheets": (
        Text("파일에 시트가 {n}개보다 많습니다.", "The file has more than {n} sheets."),
        Text(
            "판매자센터에서 엑셀을 다시 내려받거나, 필요한 시트만 새 파일에 담아 넣어 주세요.",
            "Download the file from the Seller Center again, or move the sheets that matter to a file of their own.",
        ),
    ),
    "file_too_large.members": (
        Text("압축 파일에 파일이 {n}개보다 많습니다.", "The zip holds more than {n} files."),
        _UNPACK,
    ),
    "file_too_large.memory": (
        Text(
            "파일을 읽는 데 메모리가 {n} MiB 넘게 들어 멈췄습니다.",
            "Reading took more than {n} MiB of memory and was stopped.",
        ),
        Text(
            "조회기간을 나누어 작은 파일 여러 개로 내려받거나, 엑셀에서 표 아래의 빈 줄과 오른쪽의 빈 열을 지우고 저장해 주세요. "
            "한도는 rules.yaml의 exports › limits에서 바꿀 수 있습니다.",
            "Download several smaller files, or delete the empty rows below and the empty columns right of the table in Excel and save. "
            "The limits are in rules.yaml under exports › limits.",
        ),
    ),
    "file_too_slow": (
        Text("파일을 읽는 데 {n}초가 넘게 걸려 멈췄습니다.", "Reading took longer than {n} seconds and was stopped."),
        _SMALLER,
    ),
    "file_too_slow.before": (
        Text(
            "압축 파일을 읽는 데 {n}초가 넘게 걸려, 이 파일까지 읽지 못했습니다.",
            "Reading the zip took longer than {n} seconds, so this file in it was not reached.",
        ),
        _UNPACK,
    ),
    "unknown_export": (
        Text(
            "판매자센터 엑셀도, 답변 시트도 아닌 파일입니다.",
            "This is neither a Seller Center export nor a sheet of answers.",
        ),
        Text(
            "발주발송관리, 취소관리, 반품관리, 교환관리, 주문조회, 배송현황의 엑셀을 열 이름 줄을 그대로 둔 채 넣어 주세요. "
            "품절된 상품의 목록이면 시트 이름을 '품절상품'으로 바꾸어 주세요. 판매자센터가 열 이름을 바꾼 것이면 새 이름을 알려 주세요: {teach}",
            "Drop in an export of a Seller Center order or claim screen, with its row of column names left as it is. "
            "A list of sold-out products must be on a sheet named '품절상품' (or 'Sold-out products'). If the Seller Center has "
            "renamed columns, teach the new names: {teach}",
        ),
    ),
    "ambiguous_export": (
        Text("이 시트는 여러 화면의 엑셀로 보입니다: {names}.", "This sheet fits several screens: {names_en}."),
        Text(
            "판매자센터에서 그 화면의 엑셀을 다시 내려받거나, 시트 이름을 그 가운데 맞는 것으로 바꿔 주세요.",
            "Download that screen's file from the Seller Center again, or rename the sheet to the one that is right.",
        ),
    ),
    "columns_missing": (
        Text(
            "{kind} 엑셀로 보이지만 필요한 열이 없습니다: {names}.",
            "This looks like {kind_en}, but columns are missing: {names}.",
        ),
        Text(
            "판매자센터 {kind} 화면의 'Grid 항목 설정'(조회항목 설정)에서 이 항목을 켜고 다시 내려받아 주세요. 켜져 있는데 이름이 바뀌었으면 새 이름을 알려 주세요: "
            "{teach}",
            "Switch these items on in the Seller Center screen {kind} under 'Grid 항목 설정' (조회항목 설정) and download again. If they are "
            "on and have another name now, teach it: {teach}",
        ),
    ),
    "column_ambiguous": (
        Text("이름이 같은 열이 둘 이상 있습니다: {names}.", "Several columns have the same name: {names}."),
        Text(
            "판매자센터에서 엑셀을 다시 내려받아 주세요. 직접 더한 열이 있으면 그 열의 이름만 바꿔 주세요.",
            "Download the file from the Seller Center again. If you added a column yourself, give that one another name.",
        ),
    ),
    "second_table": (
        Text(
            "{row}행부터 다른 표가 시작되는데 위의 표와 같은 화면이 아니거나 알아볼 수 없어, 이 줄부터 아래는 읽지 않았습니다.",
            "Another table begins in row {row}. It is not of the same screen as the one above, or of none that is known, so this "
            "row and those below it were not read.",
        ),
        Text(
            "아래 표를 잘라 새 시트나 새 파일에 따로 붙여 넣어 주세요. 판매자센터에서 받은 파일을 그대로 넣어도 됩니다.",
            "Move the lower table to a sheet or a file of its own, or drop in the files as the Seller Center gave them.",
        ),
    ),
    "no_rows": (
        Text("열 이름만 있고 주문이 한 줄도 없습니다.", "There are column names but not a single order."),
        Text(
            "조회 기간과 조건을 확인해 주세요. 정말 한 건도 없는 날이면 그대로 두면 됩니다.",
            "Check the period and filters. If there really were none, nothing needs doing.",
        ),
    ),
    "order_no_missing": (
        Text(
            "주문이 적힌 줄인데 {column} 칸이 비어 있습니다.", "This row has content, but its cell {column} is blank."
        ),
        Text(
            "판매자센터에서 이 주문을 찾아 상품주문번호 16자리를 적거나, 엑셀을 다시 내려받아 넣어 주세요.",
            "Find this order in the Seller Center and enter its 16 digits, or download the file again.",
        ),
    ),
    "order_no_missing.unheld": (
        Text(
            "이 줄의 {column} 칸에 무엇이 적혔는지 알 수 없습니다. 칸이 다른 칸과 병합되어 있거나, 줄이 중간에 끊겨 있습니다.",
            "The cell {column} of this row is not known: it is merged with another one, or the row breaks off.",
        ),
        _UNMERGE,
    ),
    "order_no_damaged": (
        Text(
            "{column} 칸의 값은 날짜로 시작하는 16자리 숫자가 아닙니다. 엑셀이 번호를 바꾸었을 수 있습니다.",
            "The cell {column} is not a 16-digit number beginning with a date. Excel may have changed it.",
        ),
        _AS_TEXT,
    ),
    "order_no_suspect": (
        Text(
            "{column} 칸의 마지막 자리 0을 믿을 수 없습니다. 엑셀이 번호를 숫자로 저장하면 15자리까지만 남고 마지막 자리는 0이 됩니다.",
            "The last digit 0 of the cell {column} cannot be trusted: a number that Excel has saved keeps 15 digits, and the last one becomes 0.",
        ),
        _AS_TEXT,
    ),
    "cell_unreadable": (
        Text(
            "{column} 칸에 값이 아니라 엑셀 오류나 계산되지 않은 수식이 들어 있습니다.",
            "The cell {column} holds an Excel error, or a formula that was never worked out, and no value.",
        ),
        Text(
            "판매자센터에 보이는 값을 이 칸에 적어 저장하거나, 엑셀을 다시 내려받아 넣어 주세요.",
            "Write the value that the Seller Center shows into this cell and save, or download the file again.",
        ),
    ),
    "cell_unreadable.unfinished": (
        Text(
            "파일이 {column} 칸에서 끊겨 있어 값이 다 적혀 있는지 알 수 없습니다.",
            "The file breaks off in the cell {column}, so its value may not be complete.",
        ),
        _DOWNLOAD_AGAIN,
    ),
    "date_unreadable": (
        Text("{column} 칸의 값을 날짜로 읽지 못했습니다.", "The cell {column} could not be read as a date."),
        _DATE_AS_SHOWN,
    ),
    "date_unreadable.number": (
        Text(
            "{column} 칸에 날짜가 아니라 숫자가 적혀 있습니다. 엑셀이 날짜를 숫자로 바꾼 것인지 금액인지 알 수 없습니다.",
            "The cell {column} holds a number and no date. It may be a date that Excel turned into a number, or an amount.",
        ),
        _DATE_AS_SHOWN,
    ),
    "number_unreadable": (
        Text("{column} 칸의 값을 숫자로 읽지 못했습니다.", "The cell {column} could not be read as a whole number."),
        Text(
            "판매자센터 화면에 보이는 숫자를 3000처럼 적거나, 엑셀을 다시 내려받아 넣어 주세요.",
            "Write the number that the Seller Center shows, like 3000, or download the file again.",
        ),
    ),
    "unknown_state": (
        Text(
            "{column} 칸에 이 프로그램이 모르는 상태가 적혀 있습니다.",
            "The cell {column} holds a state that this program does not know.",
        ),
        Text(
            "판매자센터에 다른 상태로 보이면 그대로 적어 주세요. 판매자센터가 쓰는 말이면 뜻을 알려 주세요: {teach}",
            "Write the state that the Seller Center shows, if it is another. If it uses this word, teach what it means: {teach}",
        ),
    ),
    "unknown_state.blank": (
        Text("{column} 칸이 비어 있습니다.", "The cell {column} is blank."),
        Text(
            "판매자센터에서 엑셀을 다시 내려받거나, 화면에 보이는 상태를 적어 주세요.",
            "Download the export again, or write the state that the screen shows.",
        ),
    ),
    "unknown_state.unheld": (
        Text(
            "이 줄의 {column} 칸에 무엇이 적혔는지 알 수 없습니다. 칸이 다른 칸과 병합되어 있거나, 줄이 중간에 끊겨 있습니다.",
            "The cell {column} of this row is not known: it is merged with another one, or the row breaks off.",
        ),
        _UNMERGE,
    ),
    "unknown_answer": (
        Text(
            "{order}{column}: {value_is} 쓸 수 없는 답입니다.",
            "{order_en}{column}: {value} is not an answer that can be used.",
        ),
        _CHOOSE,
    ),
    "unknown_answer.further": (
        Text("{column} 칸에 쓸 수 없는 답이 있습니다.", "The cell {column} holds an answer that can't be used."),
        _CHOOSE,
    ),
    "unknown_reason": (
        Text(
            "{column} 칸에 이 프로그램이 모르는 사유가 적혀 있습니다.",
            "The cell {column} holds a reason that this program does not know.",
        ),
        Text(
            "판매자센터에 보이는 사유 그대로 적어 주세요. 이름이 바뀐 사유면 뜻을 알려 주세요: {teach} 처음 생긴 사유면 rules.yaml의 reasons에 더해 주세요.",
            "Write the reason as the Seller Center shows it. If one has another name now, teach what it means: {teach} If it is an "
            "altogether new one, add it to rules.yaml under reasons.",
        ),
    ),
    "conflicting_rows": (
        Text(
            "같은 시각에 받은 같은 화면의 다른 줄과 내용이 다릅니다 ({names}). 다른 줄: {file} › {row}행.",
            "It contradicts another row of the same screen and time ({names}). The other row: {file} › row {row}.",
        ),
        Text(
            "엑셀을 새로 내려받아 그 파일 하나만 넣어 주세요.", "Download the export anew and drop in only that file."
        ),
    ),
    "conflicting_rows.further": (
        Text(
            "같은 시각에 받은 같은 화면의 다른 줄과 내용이 다릅니다.",
            "It contradicts another row of the same screen and time.",
        ),
        Text(
            "엑셀을 새로 내려받아 그 파일 하나만 넣어 주세요.", "Download the export anew and drop in only that file."
        ),
    ),
    "list_entry_incomplete": (
        Text(
            "옵션정보만 있어서 어느 상품인지 알 수 없습니다.", "It names only an option, so the product is not known."
        ),
        Text(
            "상품번호나 판매자 상품코드, 옵션관리코드를 함께 적어 주세요.",
            "Add 상품번호 (Product no.), 판매자 상품코드 (Seller's product code) or 옵션관리코드 (Option code).",
        ),
    ),
    "list_entry_incomplete.unheld": (
        Text(
            "칸이 다른 칸과 병합되어 있거나 줄이 중간에 끊겨 있어, 어느 상품의 어느 옵션인지 알 수 없습니다.",
            "Cells are merged, or the row breaks off, so it is not known which option of which product is meant.",
        ),
        _UNMERGE,
    ),
}


_WANT_A_PASSWORD = [_SAID[name][0] for name in ("password_missing", "password_wrong", "file_unreadable.locked_zip")]
_SHOWN = 40
_TOLD_ROWS = 1_000  # as many as a correction copy has of one sheet


def problem(
    name: str, place: Place, *, column: str = "", value: str = "", more: tuple[Problem, ...] = (), **words: object
) -> Problem:
    """Makes a problem.

    `name`: its code, or `code.variant`. `more`: the problems of the further bad cells of the row.
    """
    quoted = f"'{_shown(value)}'"
    teach = f'python -m processor teach "{place.file}"'
    known = {
        "column": f"'{column}'",
        "teach": teach,
        "row": place.row,
        "value": quoted,
        "value_is": josa(quoted, "은/는"),
    }
    message, fix = (_filled(text, known | words) for text in _SAID[name])
    if more:
        message = Text(
            f"{message.ko} 이 줄에는 고칠 칸이 {len(more)}개 더 있습니다.",
            f"{message.en} This row has {len(more)} more cell{'s' if len(more) > 1 else ''} to correct.",
        )
    return Problem(name.split(".")[0], place, message, fix, column, _shown(value), more)


class RowProblems:
    """Makes the problems of bad rows, so that very many of them take little memory.

    The first 1,000 bad rows of a sheet have a problem each. All further ones with the same code and column share one
    whose place is the sheet: it stands in the table beside each of these rows, so every count of rows stays true.
    """

    def __init__(self) -> None:
        self._told: Counter[tuple[str, str]] = Counter()
        self._shared: dict[tuple[str, str, str, str], Problem] = {}

    def make(
        self,
        name: str,
        place: Place,
        *,
        column: str,
        value: str,
        more: Callable[[], tuple[Problem, ...]] = tuple,
        **words: object,
    ) -> Problem:
        """As `problem`, but for a row beyond the first 1,000 of its sheet the shared problem, without a value."""
        sheet = place[:2]
        if self._told[sheet] < _TOLD_ROWS:
            self._told[sheet] += 1
            return problem(name, place, column=column, value=value, more=more(), **words)
        if (shared := self._shared.get((*sheet, name, column))) is None:
            further = f"{name}.further"
            shared = problem(
                further if further in _SAID else name, Place(*sheet), column=column, value="", more=(), **words
            )
            self._shared[*sheet, name, column] = shared
        return shared


def whose(order: str, product: str) -> Text:
    """The beginning of a sentence about an answer: which order and product it is about. Empty without a number."""
    if not order:
        return NOTHING
    named = f" ({_shown(product)})" if product else ""
    return Text(f"주문 {order}{named}의 ", f"Order {order}{named}, ")


def wants_a_password(problem: Problem) -> bool:
    """Is a missing or wrong password the only reason that this file could not be opened?"""
    return problem.message in _WANT_A_PASSWORD


def _filled(text: Text, words: dict[str, object]) -> Text:
    return Text(text.ko.format_map(words), text.en.format_map(words))


def _shown(value: str) -> str:
    """The beginning of the cell, long enough to find it in the file, without phone numbers."""
    return without_phones(value)[:_SHOWN]
