// The line of one order in the list: when, what, how many points, and what can be done with it at once.
import { answer, DONE, HELD, isBusy, RESULT } from "./answering.js";
import { resultOf, shortDay } from "./day.js";
import { filled, made } from "./dom.js";
import { words } from "./words.js";

export const goodsOf = ({ product, option, quantity }) => [product, option, `×${quantity}`].filter(Boolean).join(" ");

export function markDone(order) {
  answer({ orders: [order.number], cell: RESULT, value: DONE, said: `${order.product} → ${words.done}` });
}

export function putOnHold(order) {
  answer({ orders: [order.number], cell: RESULT, value: HELD, said: `${order.product} → ${words.on_hold}` });
}

// The answers that the list shows of an order: those of the cells that it is asked for, as far as they change something.
export function answersOf({ answers, asks, contradictions }) {
  const asked = [...asks, ...contradictions.map(({ header }) => header)];
  return answers.filter(({ header, changes }) => changes && asked.includes(header));
}

export function give(order, { cell, value, said, leads_to }) {
  const goes = words[`outcome_${leads_to}`];
  answer({
    orders: [order.number],
    cell,
    value,
    said: `${order.product}: ${said} → ${goes}`,
  });
}

// The row is one stop of the Tab key; the keys ← and → go through what is in it. picked: is it selected?
export function rowOf(order, outcome, picked) {
  const pick = made("input", { type: "checkbox", checked: picked, ariaLabel: `${words.choose_order} ${order.number}` });
  const goods = made("a", { href: `#order/${order.number}`, textContent: goodsOf(order), title: goodsOf(order) });
  goods.className = "goods";
  const there = made("a", { className: "button", href: order.link, target: "_blank", rel: "noreferrer" });
  there.append(words.open_there, made("span", { ariaHidden: "true", textContent: "↗" }));
  there.ariaLabel = `${words.open_there_long} ${order.number}`;
  const parts = [pick, dueOf(order), goods, ...stateOf(order), pointsOf(order), there];
  if (outcome.can_be_done) {
    const done = made("button", { type: "button", textContent: words.done, ariaLabel: `${words.done} ${order.number}` });
    done.dataset.does = "done";
    parts.push(done);
  }
  pick.dataset.does = "pick";
  goods.dataset.does = "see";
  there.dataset.does = "there";
  const row = made("li", { className: "order", tabIndex: -1 }, ...parts);
  row.dataset.number = order.number;
  row.classList.toggle("busy", isBusy(order.number));
  const answers = answersOf(order);
  if (answers.length || order.contradictions.length) row.append(answersIn(order, answers));
  for (const each of row.querySelectorAll("a, button, input")) each.tabIndex = -1;
  return row;
}

function dueOf({ act_by, days }) {
  const due = made("span", { className: "due" });
  if (days === null) return due;
  due.textContent =
    days < 0
      ? filled(words.late_days, { n: -days })
      : days === 0
        ? words.row_today
        : days === 1
          ? words.row_tomorrow
          : shortDay(act_by);
  due.classList.toggle("late", days < 0);
  due.classList.toggle("soon", days === 0);
  return due;
}

function pointsOf({ penalty }) {
  return made("span", { className: "points", textContent: penalty ? filled(words.row_points, { n: penalty }) : "" });
}

function stateOf({ number }) {
  const said = { 보류: words.on_hold, 실패: words.failed }[resultOf(number)];
  return said ? [made("span", { className: "held", textContent: said })] : [];
}

function answersIn(order, answers) {
  const line = made("div", { className: "answers" });
  for (const { header, told } of order.contradictions) {
    const each = told.map(({ said, at }) => [said || words.erased, at && `(${at.slice(11)})`].filter(Boolean).join(" "));
    const differ = each.length ? `${header}: ${each.join(" ↔ ")}` : header;
    line.append(made("p", { className: "wrong", textContent: `${differ} · ${words.which_is_right}` }));
  }
  const asked = Map.groupBy(answers, ({ header }) => header);
  for (const [header, some] of asked) {
    const group = made("span", { ariaLabel: header }, made("span", { textContent: header }));
    group.setAttribute("role", "group");
    for (const each of some) {
      const place = answers.indexOf(each) + 1;
      const points = each.brings ? ` · ${filled(words.row_points, { n: each.brings })}` : "";
      const goes = `${each.said} → ${words[`outcome_${each.leads_to}`]}${points}`;
      const button = made("button", { type: "button" });
      button.append(...(place <= 4 ? [made("kbd", { textContent: place })] : []), goes);
      button.dataset.does = `answer${place}`;
      button.addEventListener("click", () => give(order, each));
      group.append(button);
    }
    line.append(group);
  }
  return line;
}
