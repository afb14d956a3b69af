"""What the page refuses, beside the errors of `app`: a code, and a sentence in both languages."""

from __future__ import annotations

from processor.app.errors import Refused
from processor.model import Text


class PortTaken(Refused):
    """Another program listens at that port."""

    code = "port_taken"

    def __init__(self, port: int) -> None:
        super().__init__(
            Text(
                f"{port}번 포트는 다른 프로그램이 쓰고 있습니다. --port를 빼고 다시 실행하면 빈 포트를 씁니다.",
                f"Another program uses port {port}. Run again without --port, and a free one is used.",
            )
        )


class PageElsewhere(Refused):
    """The desk has a page that does not answer here: on another computer, or one that is just starting or ending."""

    code = "page_elsewhere"

    def __init__(self, computer: str | None) -> None:
        super().__init__(
            Text(
                f"이 작업 폴더의 화면이 다른 컴퓨터({computer})에 열려 있습니다. 거기에서 닫은 뒤 다시 실행하세요.",
                f"The page of this desk is open on another computer ({computer}). Close it there and run again.",
            )
            if computer
            else Text(
                "이 작업 폴더의 화면이 이미 열려 있는데 응답하지 않습니다. 잠시 뒤 다시 실행하세요.",
                "The page of this desk is open already, but does not answer. Run again in a moment.",
            )
        )


class NotAsked(Refused):
    """What came from the browser is not what the page sends."""

    code = "not_understood"
    wrong_use = True

    def __init__(self) -> None:
        super().__init__(
            Text(
                "화면이 보낸 내용을 알 수 없습니다. 화면을 새로 고침한 뒤 다시 해 보세요.",
                "What the page sent was not understood. Load the page again and try once more.",
            )
        )


class Untold(Refused):
    """There is no story of that order, known or supposed."""

    wrong_use = True

    def __init__(self, code: str, *lines: Text) -> None:
        super().__init__(*lines)
        self.code = code


class NotTaken(Refused):
    """A file that was dropped is not taken into the inbox; nothing is left of it."""

    code = "file_not_taken"
    wrong_use = True


class EngineDied(Refused):
    """The process that carries out requests has died; another one has been started."""

    code = "engine_died"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "일하던 프로그램이 갑자기 끝나 새로 시작했습니다. 잃어버린 파일은 없으니 다시 눌러 주세요.",
                "The program at work ended suddenly and was started again. No file was lost: please try once more.",
            )
        )
