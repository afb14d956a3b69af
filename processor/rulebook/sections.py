"""Reads the sections around the tables: store, exports, reasons, calendar, messages, sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from processor.model import Action, Kind, Text, space_free
from processor.rulebook import sanctions, templates
from processor.rulebook.load import Path_
from processor.rulebook.tables import Notes, conditions, dated, day
from processor.rulebook.types import (
    Calendar,
    Deadline,
    DelayInterest,
    Export,
    Exports,
    Limits,
    Messages,
    Product,
    Reason,
    Source,
    Steps,
    Store,
    Word,
)


def store(data: dict[str, Any], goods: tuple[str, ...], steps: Steps, notes: Notes) -> Store:
    """The seller's settings. `goods`: the allowed values of 상품."""
    products = {}
    for number, product in data["products"].items():
        notes.known(product.get("상품"), goods, ("store", "products", number, "상품"))
        products[number] = Product(
            number,
            product.get("상품"),
            product.get("제작동의", "모름"),
            product.get("return_fee"),
            product.get("outbound_fee"),
            product.get("free_shipping_over"),
        )
    checked = {"penalty_now": sanctions.penalty_now(data["penalty_now"], steps, notes), "products": products}
    return Store(**{**data, "name": data["name"] or "", **checked})


def exports(data: dict[str, Any]) -> Exports:
    return Exports(
        kinds=tuple(
            Export(
                Kind(kind["kind"]),
                Text(kind["name"], kind["en"]),
                tuple(kind["sheets"]),
                tuple(kind["required"]),
                tuple(kind.get("any_of", ())),
                tuple(kind.get("none_of", ())),
            )
            for kind in data["kinds"]
        ),
        columns={role: tuple(headers) for role, headers in data["columns"].items()},
        states=data["states"],
        hints=data["hints"],
        personal=tuple(data["personal"]),
        limits=Limits(**data["limits"]),
    )


def reasons(data: list[dict[str, Any]], notes: Notes) -> tuple[Reason, ...]:
    _check_reasons(data, notes)
    return tuple(
        Reason(
            name=reason["name"],
            label=Text(reason["labels"][0] if reason["labels"] else reason["name"], reason["en"]),
            code=reason.get("code"),
            fault_if_buyer=reason["귀책"],
            fault_if_seller=reason.get("판매자가_접수하면", reason["귀책"]),
            seller_chooses=reason.get("seller"),
            cause=reason.get("실제사유", reason["name"]),
            labels=tuple(reason["labels"]),
            code_if_seller=reason.get("판매자코드", reason.get("code")),
            offered=reason.get("offered", reason.get("seller") == reason["name"]),
        )
        for reason in data
    )


def _check_reasons(data: list[dict[str, Any]], notes: Notes) -> None:
    """Complains if two reasons share a name or label, or if the seller's popup does not have the choice of a reason."""
    names = [reason["name"] for reason in data]
    popup = [reason["name"] for reason in data if reason.get("seller") == reason["name"]]
    sold_out = [index for index, reason in enumerate(data) if reason.get("code") == "SOLD_OUT"]
    if len(sold_out) != 1:
        notes.say(("reasons", *sold_out[1:2], "code"), _ONE_SOLD_OUT)
    means: dict[str, str] = {}
    for index, reason in enumerate(data):
        notes.known(reason.get("seller"), popup, ("reasons", index, "seller"))
        notes.known(reason.get("실제사유"), [*names, *reason["labels"]], ("reasons", index, "실제사유"))
        if names.index(reason["name"]) != index:
            notes.say(("reasons", index), _twice(reason["name"]))
        labels: list[tuple[Path_, str]] = [(("labels", place), label) for place, label in enumerate(reason["labels"])]
        for where, label in [*labels, (("en",), reason["en"])]:
            meant = means.setdefault(space_free(label), reason["name"])
            if meant != reason["name"]:
                notes.say(("reasons", index, *where), _two_meanings(label, meant, reason["name"]))


def calendar(data: dict[str, Any], notes: Notes) -> Calendar:
    def days(key: str) -> tuple[Any, ...]:
        found = (day(text, ("calendar", key, index), notes.say) for index, text in enumerate(data[key]))
        return tuple(one for one in found if one)

    def path(section: str, name: str) -> Path_:
        return ("calendar", section, name)

    for name, deadline in data["deadlines"].items():
        plain = [other for other, its in data["deadlines"].items() if "빠른쪽" not in its]
        notes.known(deadline.get("빠른쪽"), plain, (*path("deadlines", name), "빠른쪽"))
    return Calendar(
        closed=days("closed"),
        open=days("open"),
        store_closed=days("store_closed"),
        dispatch_days={
            name: dated(steps, path("dispatch_days", name), notes) for name, steps in data["dispatch_days"].items()
        },
        deadlines={
            name: Deadline(
                name,
                deadline["from"],
                dated(deadline["working_days"], (*path("deadlines", name), "working_days"), notes),
                Text(deadline["이유"], deadline["en"]),
                tuple(deadline["출처"]),
                deadline.get("빠른쪽"),
            )
            for name, deadline in data["deadlines"].items()
        },
    )


def delay_interest(
    data: dict[str, Any], deadlines: Iterable[str], requests: Iterable[str], notes: Notes
) -> DelayInterest:
    path: Path_ = ("fees", "delay_interest")
    for request, deadline in data["after"].items():
        notes.known_key(request, requests, (*path, "after", request))
        notes.known(deadline, deadlines, (*path, "after", request))
    return DelayInterest(dated(data["percent"], (*path, "percent"), notes), data["after"], tuple(data["출처"]))


def messages(data: dict[str, Any], words: Mapping[str, Word], notes: Notes) -> Messages:
    for action in Action:
        if action.ko not in data["screens"]:
            notes.say(("messages", "screens"), _no_screen(action.ko))
    for name, steps in data["screens"].items():
        if len(steps["ko"]) != len(steps["en"]):
            notes.say(("messages", "screens", name), _uneven(len(steps["ko"]), len(steps["en"])))
    return Messages(
        drafts={
            name: templates.draft(written, ("messages", "drafts", name), notes)
            for name, written in data["drafts"].items()
        },
        costs={
            name: templates.cost(written, ("messages", "costs", name), notes) for name, written in data["costs"].items()
        },
        premises={
            name: conditions(written["쓸때"], words, notes, ("messages", "drafts", name, "쓸때"))
            for name, written in data["drafts"].items()
            if "쓸때" in written
        },
        screens={
            name: tuple(Text(ko, en) for ko, en in zip(steps["ko"], steps["en"], strict=False))
            for name, steps in data["screens"].items()
        },
        limits={name: steps["글자수"] for name, steps in data["screens"].items() if "글자수" in steps},
    )


def cited(data: dict[str, Any], notes: Notes) -> None:
    """Complains about missing sources of deadlines, interest and the entries above the penalty rows.

    The sources of rows are checked with their tables.
    """
    penalties: Path_ = ("penalties",)
    places: list[Path_] = [("calendar", "deadlines", name) for name in data["calendar"]["deadlines"]]
    places += [(*penalties, "moratoria", index) for index in range(len(data["penalties"]["moratoria"]))]
    for place in [
        *places,
        ("fees", "delay_interest"),
        *((*penalties, part) for part in ("sanction", "early", "steps", "repeats")),
    ]:
        entry: Any = data
        for key in place:
            entry = entry[key]
        notes.cites(entry["출처"], data["sources"], place)


def sources(data: dict[str, Any], notes: Notes) -> dict[str, Source]:
    def on(name: str, key: str) -> date | None:
        return day(data[name][key], ("sources", name, key), notes.say) if key in data[name] else None

    return {
        name: Source(
            name, source["확실도"], Text(source["ko"], source["en"]), on(name, "checked"), on(name, "review_by")
        )
        for name, source in data.items()
    }


def _twice(name: str) -> Text:
    return Text(
        f"사유 '{name}' 줄이 두 번 있습니다. 하나를 지우세요.", f"The reason '{name}' stands twice. Delete one."
    )


def _two_meanings(label: str, one: str, other: str) -> Text:
    return Text(
        f"'{label}' 표기가 사유 '{one}' 줄과 '{other}' 줄에 다 있습니다. 한 줄에서 지우세요.",
        f"The label '{label}' stands for both '{one}' and '{other}'. Delete it from one of them.",
    )


def _no_screen(name: str) -> Text:
    return Text(
        f"'{name}' 화면이 빠졌습니다. 누를 순서를 ko와 en으로 적으세요.",
        f"The screen '{name}' is missing. Add its steps under ko and en.",
    )


def _uneven(ko: int, en: int) -> Text:
    return Text(
        f"누를 순서가 ko는 {ko}개, en은 {en}개입니다. 수를 맞추세요.",
        f"There are {ko} steps in ko but {en} in en. Make them equal in number.",
    )


_ONE_SOLD_OUT = Text(
    "code가 SOLD_OUT인 사유가 꼭 하나 있어야 합니다. 벌점이 붙는 품절 취소를 이것으로 알아봅니다.",
    "Exactly one reason must have the code SOLD_OUT: it is how a sold-out cancel is known.",
)
