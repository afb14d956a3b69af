"""Messages to buyers in a desk's own words: what is written, what goes back to the default, and what is refused."""

from __future__ import annotations

from pathlib import Path

import made
import pytest
import yaml

from processor import app, ledger
from processor.app import errors
from processor.app.desk import Desk
from processor.rulebook import default_text
from processor.rulebook.drafts import text_of
from processor.rulebook.templates import read_text

pytestmark = pytest.mark.slow

OWN = "안녕하세요. {상품|을/를} 취소합니다.[[ {금액}원이 환불됩니다.]]"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return app.new_desk(tmp_path / "desk")


def texts_of(desk: Desk) -> dict[str, str]:
    return {each.name: each.text for each in app.messages(desk).messages}


def test_messages_are_told_as_they_stand_in_the_rules() -> None:
    drafts = yaml.safe_load(default_text())["messages"]["drafts"]

    assert {name: text_of(draft.ko) for name, draft in made.default_rules().messages.drafts.items()} == {
        name: draft["ko"] for name, draft in drafts.items()
    }


def test_an_own_text_is_added_and_its_english_goes(desk: Desk, marks: Path) -> None:
    before = desk.rules.read_text("utf-8")
    default = texts_of(desk)

    told = app.change_messages(desk, {"품절취소": OWN}, marks)

    added = f'messages:\n  drafts:\n    품절취소:\n      ko: "{OWN}"\n'
    assert added in desk.rules.read_text("utf-8")
    assert desk.rules.read_text("utf-8").replace(added, "") == before
    assert {each.name: each.text for each in told.messages} == texts_of(desk) == {**default, "품절취소": OWN}
    own = next(each for each in told.messages if each.name == "품절취소")
    assert (own.default, own.limit) == (default["품절취소"], 500)
    assert own.sample == "안녕하세요. 데일리 양말 5켤레를 취소합니다. 15,900원이 환불됩니다."
    draft = app.rules(desk.rules).messages.drafts["품절취소"]
    assert draft.en == draft.ko


@pytest.mark.parametrize("back", [None, "as the default says"])
def test_a_message_goes_back_to_the_default_and_nothing_is_left_of_it(
    desk: Desk, marks: Path, back: str | None
) -> None:
    before, english = desk.rules.read_bytes(), app.rules(desk.rules).messages.drafts["품절"].en
    default = texts_of(desk)["품절"]
    app.change_messages(desk, {"품절": OWN, "회수": "회수합니다, {상품}."}, marks)
    app.change_messages(desk, {"회수": None}, marks)
    assert [name for name, text in texts_of(desk).items() if text == OWN] == ["품절"]

    app.change_messages(desk, {"품절": None if back is None else default}, marks)

    assert desk.rules.read_bytes() == before
    assert app.rules(desk.rules).messages.drafts["품절"].en == english


def test_a_condition_of_the_seller_stays_when_the_text_goes_back(desk: Desk, marks: Path) -> None:
    own = "messages:\n  drafts:\n    철회:  # 우리 것\n      쓸때: {요청: 취소철회}\n      ko: 곧 보내 드립니다.\n      en: It is on its way.\n"
    text = desk.rules.read_text("utf-8")
    desk.rules.write_text(text + own, "utf-8")
    app.change_messages(desk, {"철회": "오늘 보내 드립니다."}, marks)
    changed = own.replace("곧 보내", "오늘 보내").replace("      en: It is on its way.\n", "")
    assert desk.rules.read_text("utf-8") == text + changed

    app.change_messages(desk, {"철회": None}, marks)

    assert desk.rules.read_text("utf-8") == text + "".join(own.splitlines(keepends=True)[:4])


def test_complete_rules_keep_their_shape(empty_desk: Desk, marks: Path) -> None:
    before = empty_desk.rules.read_text("utf-8")
    default = texts_of(empty_desk)

    app.change_messages(empty_desk, {"포장됨": OWN}, marks)

    after = empty_desk.rules.read_text("utf-8")
    assert [line for line in after.splitlines() if line not in before.splitlines()] == [f'      ko: "{OWN}"']
    app.change_messages(empty_desk, {"포장됨": None}, marks)
    assert texts_of(empty_desk) == default


WRONG = {
    "an unknown variable": ("{상푸}", "'상푸'라는 변수는 없습니다. '상품'을 쓰려던 것인가요?"),
    "what is not always known": (
        "안녕하세요. {금액}원입니다.",
        "{금액} 값은 주문에 따라 모를 수 있습니다. 모를 때 함께 빠질 말까지 [[ ]]로 감싸세요.",
    ),
    "nothing that stays": (
        "[[ {금액}원]]",
        "[[ ]] 밖에 말이 없어 빈 글이 될 수 있습니다. 언제나 남을 말을 [[ ]] 밖에 적으세요.",
    ),
    "nothing at all": ("", "[[ ]] 밖에 말이 없어 빈 글이 될 수 있습니다. 언제나 남을 말을 [[ ]] 밖에 적으세요."),
    "too long for its screen": (
        "가" * 501,
        "변수를 한 글자씩으로 세어도 501자입니다. '판매자취소' 화면에는 500자까지만 적을 수 있으니 글을 줄이세요.",
    ),
}


@pytest.mark.parametrize(("text", "sentence"), WRONG.values(), ids=WRONG)
def test_what_can_be_no_message_is_said_and_nothing_is_written(
    desk: Desk, marks: Path, text: str, sentence: str
) -> None:
    before = desk.rules.read_bytes()

    assert [each.ko for each in app.try_message(desk, "품절취소", text, marks).wrong] == [sentence]
    with pytest.raises(errors.WrongValues) as refused:
        app.change_messages(desk, {"품절": OWN, "품절취소": text}, marks)

    assert refused.value.details("ko") == {"wrong": {"품절취소": sentence}}
    assert desk.rules.read_bytes() == before


def test_a_message_that_fits_its_screen_to_the_letter_is_taken(desk: Desk, marks: Path) -> None:
    tried = app.try_message(desk, "품절취소", "가" * 500, marks)

    assert (tried.wrong, tried.filled, tried.limit) == ((), "가" * 500, 500)
    assert app.try_message(desk, "포장됨", "가" * 501, marks).limit is None


def test_there_is_no_message_of_another_name(desk: Desk, marks: Path) -> None:
    for asked in (lambda: app.try_message(desk, "품졀", OWN, marks), lambda: app.change_messages(desk, {"품졀": None})):
        with pytest.raises(errors.WrongValues) as refused:
            asked()
        assert refused.value.message.ko == "'품졀'이라는 글은 없습니다. '품절'을 쓰려던 것인가요?"


def test_nothing_is_written_while_a_run_works(desk: Desk, marks: Path) -> None:
    before = desk.rules.read_bytes()

    with ledger.alone(desk.outbox), pytest.raises(errors.Busy):
        app.change_messages(desk, {"품절": OWN}, marks)

    assert desk.rules.read_bytes() == before


def test_a_text_of_several_lines_and_with_quotes_is_read_back() -> None:
    text = '안녕하세요.\n"{상품|은/는}" 품절입니다: \\ # 끝'
    template, wrong = read_text(text)

    assert (wrong, text_of(template)) == ([], text)
