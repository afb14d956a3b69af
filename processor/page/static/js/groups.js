// A group of orders with the same reason, steps and message: these are said once, above the orders.
import { answer, DONE, RESULT } from "./answering.js";
import { shortDay } from "./day.js";
import { filled, made } from "./dom.js";
import { notify } from "./notice.js";
import { rowOf } from "./rows.js";
import { words } from "./words.js";

const AT_FIRST = 100; // rows of a group that are laid out; so many more at each demand
const opened = new Map(); // key of a group → was it opened or closed by the seller?
const unfolded = new Set(); // keys of groups whose steps are to be seen
const asked = new Set(); // the numbers of orders of which it is asked whether all are done
const lengths = new Map(); // key of a group → so many rows are laid out

// The same group after the list has been loaded anew.
export const keyOf = (group, outcome) => [outcome.action, group.why, group.message, group.points].join("\n");

export const isOpen = (key, otherwise) => opened.get(key) ?? otherwise;

export async function copy(text, said) {
  await navigator.clipboard.writeText(text);
  notify(said);
}

export const showMore = (details) => details?.querySelector(".more:not([hidden]) button")?.click();

// open: is it, until the seller says otherwise? picked: numbers of selected orders
export function groupOf(group, outcome, open, picked) {
  const key = keyOf(group, outcome);
  const details = made("details", { className: "group" }, headOf(group, outcome));
  details.dataset.key = key;
  details.open = isOpen(key, open);
  const fill = () => details.children.length > 1 || details.append(...contentOf(group, outcome, key, picked));
  details.addEventListener("toggle", () => {
    if (details.open !== isOpen(key, open)) opened.set(key, details.open);
    if (details.open) fill();
  });
  if (details.open) fill();
  return details;
}

function headOf(group, { action }) {
  const { days, act_by, averts, brings, orders } = group;
  const n = orders.length.toLocaleString();
  const [late, soon] = [days !== null && days < 0, days === 0];
  const said = late
    ? words.head_late
    : soon
      ? words.head_today
      : days === 1
        ? words.head_tomorrow
        : days === null
          ? words.orders
          : words.head_later;
  const head = made("strong", { textContent: filled(said, { n, day: act_by && shortDay(act_by) }) });
  head.className = late ? "late" : "";
  const summary = made("summary", {}, head);
  const gain = averts && filled(action === "ship" ? words.averts_ship : words.averts, { n: averts });
  if (gain) summary.append(made("span", { className: "gain", textContent: gain }));
  if (brings) summary.append(made("span", { className: "late", textContent: filled(words.brings, { n: brings }) }));
  summary.append(made("span", { className: "why", textContent: group.why }));
  return summary;
}

function* contentOf(group, outcome, key, picked) {
  const numbers = group.orders.map(({ number }) => number);
  if (group.message) yield made("p", { className: "message", textContent: group.message });
  if (group.steps.length) yield stepsOf(group, key);
  yield made("ol", { className: "acts" }, ...actsOf(group, outcome, numbers).map((act) => made("li", {}, ...act)));
  const list = made("ul", { className: "orders", ariaLabel: words.orders_of });
  const more = made("p", { className: "more" });
  const lay = () => {
    const from = list.children.length;
    const until = lengths.get(key) ?? AT_FIRST;
    list.append(...group.orders.slice(from, until).map((order) => rowOf(order, outcome, picked.has(order.number))));
    const left = Math.max(group.orders.length - until, 0);
    more.hidden = !left;
    more.firstChild.textContent = filled(words.more_orders, { n: Math.min(left, AT_FIRST).toLocaleString() });
  };
  const button = made("button", { type: "button" });
  button.addEventListener("click", () => {
    const next = list.children.length;
    lengths.set(key, next + AT_FIRST);
    lay();
    list.children[next].focus();
  });
  more.append(button);
  lay();
  yield list;
  yield more;
}

function stepsOf({ steps }, key) {
  const details = made("details", { className: "steps", open: unfolded.has(key) });
  details.append(
    made("summary", { textContent: words.steps }),
    made("ol", {}, ...steps.map((step) => made("li", { textContent: step }))),
  );
  details.addEventListener("toggle", () => (details.open ? unfolded.add(key) : unfolded.delete(key)));
  return details;
}

// What is done with all orders of the group, in the order in which it is done.
function actsOf(group, outcome, numbers) {
  const n = numbers.length;
  const acts = [[copying(filled(words.copy_numbers, { n }), numbers.join("\n"), filled(words.numbers_copied, { n }))]];
  if (group.reason) acts.push([filled(words.choose_reason, { reason: group.reason })]);
  if (group.message) acts.push([copying(words.copy_message, group.message, words.message_copied)]);
  if (outcome.can_be_done) acts.push(allDone(numbers, outcome));
  return acts;
}

function copying(label, text, said) {
  const button = made("button", { type: "button", textContent: label });
  button.addEventListener("click", () => copy(text, said));
  return button;
}

// Buttons that mark these orders as done; what cannot be undone is asked first.
export function allDone(numbers, { action, irreversible }, label = words.all_done) {
  const [n, key] = [numbers.length, numbers.join()];
  const said = `${filled(words.orders, { n })} → ${words.done}`;
  const finish = () => {
    asked.delete(key);
    answer({ orders: numbers, cell: RESULT, value: DONE, said });
  };
  const all = made("button", { type: "button", textContent: label });
  if (!irreversible) {
    all.addEventListener("click", finish);
    return [all];
  }
  const yes = made("button", { type: "button", textContent: words.yes_all_done });
  const not_yet = made("button", { type: "button", textContent: words.not_yet });
  const really = filled(action === "approve" ? words.really_done : words.really_done_own, { n });
  const question = made("span", { className: "question" }, made("span", { textContent: really }), yes, not_yet);
  const show = () => {
    question.hidden = !asked.has(key);
    all.hidden = asked.has(key);
  };
  const ask = (asking) => {
    if (asking) asked.add(key);
    else asked.delete(key);
    show();
    (asking ? not_yet : all).focus();
  };
  for (const [name, button] of Object.entries({ all, yes, not_yet })) button.dataset.does = `all-${name}`;
  show();
  all.addEventListener("click", () => ask(true));
  not_yet.addEventListener("click", () => ask(false));
  yes.addEventListener("click", finish);
  return [all, question];
}
