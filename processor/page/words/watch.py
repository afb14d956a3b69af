"""The words of files that arrive, of reminders, and of what the seller allows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor.model import Text

WORDS: Final[Mapping[str, Text]] = {
    "watch": Text("새 파일과 알림", "New files and reminders"),
    "watch_arrivals": Text("새 소식", "News"),
    "watch_new": Text("새 파일 {n}개가 inbox에 들어왔습니다.", "New files in inbox: {n}."),
    "watch_downloads": Text("다운로드 폴더에서 새 파일 {n}개를 찾았습니다.", "New files in the downloads folder: {n}."),
    "watch_fetch": Text("가져오기", "Take them"),
    "watch_not_now": Text("이번엔 아니요", "Not this time"),
    "watch_fetched": Text("파일 {n}개를 복사해 왔습니다.", "Files copied: {n}."),
    "watch_close": Text("닫기", "Close"),
    "watch_always": Text(
        "inbox 폴더에 직접 넣은 파일은 다 들어오면 화면에 저절로 나옵니다. 아래 두 가지는 켜 두신 동안에만 합니다.",
        "Files that you put into the inbox folder yourself show up here by themselves. The two below are done only while they are on.",
    ),
    "watch_allow_downloads": Text(
        "다운로드 폴더에 오늘 받은 판매자센터 엑셀이 있으면 알려 주기",
        "Tell me when today's exports lie in the downloads folder",
    ),
    "watch_about_downloads": Text(
        "이름이 판매자센터 엑셀 같은 파일만 보고, [가져오기]를 누르실 때만 복사합니다. 원래 파일은 그 자리에 둡니다. 보는 폴더:",
        "Only names of the Seller Center's exports are looked at, and they are copied only when you say so. The originals stay. The folder:",
    ),
    "watch_allow_reminders": Text(
        "남은 일과 아직 안 넣은 파일 알려 주기", "Remind me of what is due and of missing files"
    ),
    "watch_about_reminders": Text(
        "10시, 14시, 17시에 건수만 알려 드립니다. 브라우저가 허락하면 다른 창을 보고 있어도 알림이 뜹니다.",
        "At 10, 14 and 17 o'clock, in counts only. If the browser allows it, a notice appears while you look at another window too.",
    ),
    "watch_blocked": Text(
        "브라우저가 알림을 막고 있어 이 화면에만 보여 드립니다. 주소창 왼쪽의 자물쇠에서 허용할 수 있습니다.",
        "The browser blocks notices, so they are shown on this page only. You can allow them at the left of the address.",
    ),
    "watch_not_kept": Text(
        "이 컴퓨터에 기억하지 못했습니다. 화면을 닫을 때까지만 그렇게 합니다.",
        "It could not be kept on this computer, so it holds until the page is closed.",
    ),
    "watch_saved": Text("바꿨습니다.", "Changed."),
}
