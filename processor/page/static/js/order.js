// One order: what is to be done, why, the message to the buyer, the answers and where each leads, and what was told of it.
import { answer, DONE, FAILED, HELD, isBusy, RESULT, takeBackOf } from "./answering.js";
import { ask } from "./api.js";
import { day } from "./day.js";
import { by, filled, folded, made, para } from "./dom.js";
import { listenForKeys } from "./keys.js";
import { notify } from "./notice.js";
import { goTo } from "./screens.js";
import { storyOf } from "./story.js";
import { lang, words } from "./words.js";

const MOST = 500; // characters that a message on the Seller Center may have
const MEMO = "메모";
const KEYS = 4; // answers that have a key of their own

let shown = null; // the number of the order
const edited = new Map(); // number → what the seller has made of its message, or of its memo, and not told yet

export async function showOrder(number) {
  const parts = by("order-parts");
  if (number !== shown) parts.replaceChildren();
  shown = number;
  showWays(number);
  by("order-title").textContent = words.order;
  if (!number) return parts.replaceChildren(para(words.order_none));
  const order = await ask(`api/order?number=${encodeURIComponent(number)}`);
  if (number !== shown) return;
  by("order-title").textContent = goodsOf(order);
  by("order-to-list").href = order.done ? "#today" : `#today/${order.action}`;
  keepingFocus(parts, () => parts.replaceChildren(...partsOf(order)));
}

// A key presses what bears its name, as far as it is to be seen.
function press(key) {
  const target = [...by("order-parts").querySelectorAll(`[data-key="${key}"]`)].find((each) => each.checkVisibility());
  if (!target) return false;
  if (target.matches("input")) target.focus();
  else target.click();
}

const follow = (id) => () => (by(id).hidden ? false : by(id).click());

export function listenForOrder() {
  const named = (key) => [`Key${key}`, () => press(key)];
  const placed = (place) => [`Digit${place}`, () => press(place)];
  listenForKeys("order", {
    ...Object.fromEntries(["C", "N", "O", "E", "H", "M"].map(named)),
    ...Object.fromEntries([...Array(KEYS).keys()].map((at) => placed(at + 1))),
    KeyJ: follow("order-next"),
    KeyK: follow("order-before"),
    Escape: () => goTo(...by("order-to-list").hash.slice(1).split("/")),
  });
}

const goodsOf = ({ product, option, quantity }) => [product, option, `×${quantity}`].filter(Boolean).join(" · ");

// The orders before and after it in its list.
function showWays(number) {
  const lists = day().list?.outcomes.map(({ groups }) => groups.flatMap(({ orders }) => orders)) ?? [];
  const list = lists.find((orders) => orders.some((order) => order.number === number)) ?? [];
  const at = list.findIndex((order) => order.number === number);
  for (const [id, other] of [["order-before", list[at - 1]], ["order-next", list[at + 1]]]) {
    by(id).hidden = at < 0 || !other;
    if (other) by(id).href = `#order/${other.number}`;
  }
}

// What had the focus has it again, though everything is laid out anew.
function keepingFocus(parts, change) {
  const name = parts.contains(document.activeElement) ? document.activeElement.dataset.name : null;
  const open = new Set([...parts.querySelectorAll("details[open]")].map(({ dataset }) => dataset.name));
  change();
  for (const details of parts.querySelectorAll("details")) if (open.has(details.dataset.name)) details.open = true;
  if (name) (parts.querySelector(`[data-name="${name}"]`) ?? by("order-title")).focus();
}

function button(label, name, act, key) {
  const made_button = made("button", { type: "button", textContent: label });
  made_button.dataset.name = name;
  if (key) {
    made_button.dataset.key = key;
    made_button.prepend(made("kbd", { textContent: key }), " ");
  }
  made_button.addEventListener("click", act);
  return made_button;
}

const section = (title, ...children) => made("section", {}, made("h3", { textContent: title }), ...children);

async function copy(text, said) {
  await navigator.clipboard.writeText(text);
  notify(said);
}

function* partsOf(order) {
  yield headOf(order);
  if (order.done) yield para(words.order_finished, "done");
  yield section(words.order_task, ...tasksOf(order));
  yield section(words.order_why, ...whyOf(order));
  if (order.message) yield section(words.order_message, ...messageOf(order));
  yield* answersOf(order);
  if (order.steps.length) yield stepsOf(order);
  if (order.told_today.length) yield section(words.order_told_today, toldOf(order));
  yield section(words.order_memo, ...memoOf(order));
  if (!order.done) yield resultsOf(order);
}

function headOf(order) {
  const { number, state, act_by, days, penalty, link } = order;
  const facts = [state && filled(words.order_now, { state })];
  if (act_by) {
    const said = days < 0 ? words.order_late : days === 0 ? words.order_today : words.order_due;
    facts.push(filled(said, { n: -days, day: dayOf(act_by) }));
  }
  if (penalty) facts.push(filled(words.order_points, { n: penalty }));
  const there = made("a", { className: "button", href: link, target: "_blank", rel: "noreferrer" });
  there.append(words.order_open, made("span", { ariaHidden: "true", textContent: " ↗" }));
  there.dataset.name = "there";
  there.dataset.key = "O";
  const copying = button(words.order_copy_number, "number", () => copy(number, words.order_number_copied));
  copying.ariaLabel = words.order_copy_number_long;
  copying.dataset.key = "N";
  return made(
    "div",
    { className: "order-head" },
    para(facts.filter(Boolean).join(" · "), days !== null && days < 0 ? "late" : ""),
    made("p", {}, made("strong", { className: "order-number", textContent: number }), copying, there),
  );
}

const dayOf = (date) =>
  new Intl.DateTimeFormat(lang, { month: "long", day: "numeric", weekday: "short" }).format(new Date(`${date}T00:00`));

function* tasksOf({ name, task, irreversible, undo, penalty, points, payer, amount }) {
  yield made("p", {}, made("strong", { textContent: name }), ` — ${task}`);
  if (irreversible) yield para(undo, "wrong");
  if (penalty) yield para(points);
  if (amount === "") yield para(`${words.order_money}: ${payer}`);
  else if (amount) yield para(`${words.order_money}: ${filled(words.order_won, { payer, won: amount.toLocaleString(lang) })}`);
}

function* whyOf(order) {
  for (const line of order.why.split("\n").filter(Boolean)) yield para(line);
  const seen = order.seen.map(({ screen, at, row }) => made("li", { textContent: filled(words.order_seen, { screen, at: at.slice(11), row }) }));
  if (seen.length) yield made("ul", { className: "seen" }, ...seen);
  const more = folded(words.order_more);
  more.dataset.name = "more";
  more.addEventListener("toggle", async () => {
    if (!more.open || more.children.length > 1) return;
    const waiting = para(words.order_reading);
    more.append(waiting);
    try {
      const story = await ask(`api/explain?number=${encodeURIComponent(order.number)}`);
      waiting.replaceWith(storyOf(story));
    } catch (refusal) {
      waiting.replaceWith(...refusal.message.split("\n").map((line) => para(line, "wrong")));
    }
  });
  yield more;
}

function messageOf({ number, message }) {
  const key = `${number} message`;
  const text = made("textarea", { value: edited.get(key) ?? message, readOnly: !edited.has(key), ariaLabel: words.order_message });
  text.rows = Math.min(Math.max(message.split("\n").length, Math.ceil(message.length / 60)) + 1, 10);
  text.dataset.name = "message";
  const count = para("", "count");
  const counted = () => {
    const n = [...text.value].length;
    count.textContent = filled(n > MOST ? words.order_too_long : words.order_letters, { n });
    count.classList.toggle("wrong", n > MOST);
  };
  text.addEventListener("input", () => {
    edited.set(key, text.value);
    counted();
  });
  counted();
  const plain = button(words.order_copy, "copy", () => copy(message, words.order_copied));
  plain.dataset.key = "C";
  const own = button(text.readOnly ? words.order_edit : words.order_copy_edited, "edit", () => {
    if (!text.readOnly) return copy(text.value, words.order_copied);
    text.readOnly = false;
    own.textContent = words.order_copy_edited;
    text.focus();
  });
  return [text, count, made("p", { className: "acts" }, plain, own)];
}

// Each answer says where it leads; what would change nothing is not offered.
function* answersOf(order) {
  const offered = order.answers.filter(({ changes }) => changes);
  const asked = new Set([...order.asks, ...order.contradictions.map(({ header }) => header)]);
  offered.sort((one, other) => asked.has(other.header) - asked.has(one.header));
  for (const answers of Map.groupBy(offered, ({ cell }) => cell).values()) {
    const [{ cell, column, header }] = answers;
    const asks = words[`answer_${column}`] ?? header;
    const group = made("div", { className: "choices", ariaLabel: asks });
    group.setAttribute("role", "group");
    for (const each of answers) {
      const place = offered.indexOf(each) + 1;
      const said = words[`answer_${column}_${each.value}`] ?? each.said;
      const goes = { answer: said, outcome: each.leads_to_name, n: each.brings };
      const label = filled(each.brings ? words.order_goes_points : words.order_goes, goes);
      const choose = () =>
        answer({ orders: [order.number], cell, value: each.value, said: `${order.product}: ${said} → ${each.leads_to_name}` });
      group.append(button(label, `answer ${cell} ${each.value}`, choose, place <= KEYS ? String(place) : null));
    }
    const differ = order.contradictions.filter((found) => found.cell === cell).map((found) => contradictionOf(found));
    yield section(asks, ...differ, busyOf(order, group));
  }
}

function contradictionOf({ told }) {
  const each = told.map(({ said, at }) => [said || words.order_blank, at && `(${at.slice(11)})`].filter(Boolean).join(" "));
  return para(`${each.join(" ↔ ")} · ${words.which_is_right}`, "wrong");
}

function busyOf({ number }, group) {
  if (isBusy(number)) group.setAttribute("aria-busy", "true");
  return group;
}

function stepsOf({ steps }) {
  const details = folded(words.order_steps, made("ol", { className: "steps" }, ...steps.map((step) => made("li", { textContent: step }))));
  details.dataset.name = "steps";
  return details;
}

function toldOf({ number, told_today }) {
  const lines = told_today.map(({ told, at, cells }) => {
    const said = cells.map(({ column, header, value }) => {
      const named = words[`answer_${column}_${value}`] ?? value;
      return filled(words.order_told, { header: words[`answer_${column}`] ?? header, value: named, at: at.slice(11) });
    });
    const back = button(words.take_back, `back ${told}`, () => takeBackOf(number, told));
    back.ariaLabel = `${words.take_back}: ${said.join(", ")}`;
    return made("li", {}, made("span", { textContent: said.join(" · ") }), back);
  });
  return made("ul", { className: "told" }, ...lines);
}

function memoOf({ number, product, told }) {
  const key = `${number} memo`;
  const form = made("form", { className: "memo" });
  const text = made("input", { type: "text", value: edited.get(key) ?? told[MEMO] ?? "", ariaLabel: words.order_memo, maxLength: 500 });
  text.setAttribute("aria-describedby", "order-memo-hint");
  text.dataset.name = "memo";
  text.dataset.key = "M";
  text.addEventListener("input", () => edited.set(key, text.value));
  form.append(text, made("button", { type: "submit", textContent: words.order_save_memo }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    edited.delete(key);
    answer({ orders: [number], cell: MEMO, value: text.value.trim(), said: `${product}: ${words.order_memo_saved}` });
  });
  return [form, made("p", { id: "order-memo-hint", className: "hint", textContent: words.order_memo_hint })];
}

function resultsOf(order) {
  const { number, product, can_be_done, irreversible } = order;
  const group = made("div", { className: "choices", ariaLabel: words.order_results });
  group.setAttribute("role", "group");
  const tell = (value, label) => answer({ orders: [number], cell: RESULT, value, said: `${product} → ${label}` });
  const finish = () => tell(DONE, words.order_done);
  const question = made("span", { className: "question", hidden: true });
  const done = button(words.order_done, "done", () => (irreversible ? asking(true) : finish()));
  const asking = (on) => {
    question.hidden = !on;
    done.hidden = on;
    (on ? question.querySelector("[data-name=not-yet]") : done).focus();
  };
  question.append(
    made("span", { textContent: words.order_really }),
    button(words.order_yes, "yes", finish),
    button(words.order_not_yet, "not-yet", () => asking(false)),
  );
  done.dataset.key = "E";
  const hold = button(words.order_hold, "hold", () => tell(HELD, words.order_hold));
  hold.dataset.key = "H";
  const failed = button(words.order_failed, "failed", () => tell(FAILED, words.order_failed));
  group.append(...(can_be_done ? [done, question] : []), hold, failed);
  return busyOf(order, group);
}
