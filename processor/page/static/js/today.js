// The list of the day: one outcome at a time, by group and order. It may be shown anew at any time, and keeps its place.
import { answer, HELD, isBusy, RESULT, takeBack, takeBackDone } from "./answering.js";
import { addressOf, countOf, day, mostUrgent, nameOf, open, ordersOf, resultOf, shortDay } from "./day.js";
import { by, filled, made } from "./dom.js";
import { allDone, copy, groupOf, showMore } from "./groups.js";
import { listenForKeys } from "./keys.js";
import { notify } from "./notice.js";
import { answersOf, give, goodsOf, markDone, putOnHold } from "./rows.js";
import { goTo } from "./screens.js";
import { words } from "./words.js";

let shown = null; // the action of the outcome that is shown, or "done"
let laid = null; // all that the groups were laid out by: what has not changed is left alone
let current = null; // the number of the order at which the seller is
const picked = new Set(); // numbers of the selected orders

export const chosen = () => shown;

const outcomeShown = () => day().list?.outcomes.find(({ action }) => action === shown);
const orderOf = (number) => ordersOf(outcomeShown() ?? { groups: [] }).find((order) => order.number === number);

// wanted: the action of an outcome, or "done"; without it, what is most urgent
export function showToday(wanted) {
  const { list, status } = day();
  if (!wanted && mostUrgent()) {
    wanted = mostUrgent().action;
    history.replaceState(null, "", addressOf(wanted));
  }
  if (wanted !== shown) {
    picked.clear();
    current = null;
  }
  shown = wanted;
  const outcome = outcomeShown();
  const nothing = status?.last_run === null || (list !== null && !hasBegun(list));
  by("no-files").hidden = !nothing;
  showEarlier(status, nothing);
  by("newest").hidden = !status?.newest;
  if (status?.newest) by("newest").href = `workbook/${status.newest}`;
  showStale(list, nothing);
  showTally(list, nothing);
  by("today-title").textContent = list && shown ? titleOf(outcome) : words.title;
  const numbers = new Set(outcome && ordersOf(outcome).map(({ number }) => number));
  for (const number of picked) if (!numbers.has(number)) picked.delete(number);
  const now = JSON.stringify([shown, outcome ?? list?.done, [...numbers].map((number) => [resultOf(number), isBusy(number)])]);
  if (now !== laid)
    keepingPlace(() => {
      by("task").replaceChildren(...(outcome ? aboveOf(outcome) : []));
      by("groups").replaceChildren(...(outcome ? groupsOf(outcome) : shown === "done" && list ? doneOf(list) : []));
    });
  laid = now;
  showEnd(list, outcome, nothing);
  showPicked();
}

const titleOf = (outcome) => (outcome ? `${nameOf(shown)} ${countOf(outcome).toLocaleString()}` : nameOf(shown));

// Has anything of this day been read, or told? A list without it is empty, which does not mean that all is done.
const hasBegun = ({ orders, done, files }) => orders > 0 || done.length > 0 || files.exports.some(({ of_today }) => of_today);

// What still waits by the list of an earlier day, as long as there is none of today.
function showEarlier(status, nothing) {
  const waiting = nothing && status ? status.waiting : [];
  by("earlier").hidden = !waiting.length;
  if (!waiting.length) return;
  const late = waiting.filter(({ act_by }) => act_by !== null && act_by < status.as_of).length;
  const [n, of_late] = [waiting.length, late].map((each) => each.toLocaleString());
  by("earlier").textContent = filled(words.earlier, { day: shortDay(status.last_run.split("T")[0]), n, late: of_late });
}

function showStale(list, nothing) {
  by("stale").hidden = !list || nothing || !list.files.stale;
  if (!list) return;
  const { of_today, hours } = list.files;
  by("stale-said").textContent = of_today ? filled(words.stale_hours, { n: hours }) : words.stale_day;
}

function showTally(list, nothing) {
  by("tally").hidden = !list || nothing;
  if (!list) return;
  const due = { late: 0, today: 0, tomorrow: 0, later: 0 };
  for (const { days } of list.outcomes.flatMap(ordersOf))
    due[days === null || days > 1 ? "later" : days < 0 ? "late" : days ? "tomorrow" : "today"] += 1;
  const parts = Object.entries(due).map(([name, n]) =>
    made("span", { className: n && name === "late" ? "late" : "" }, filled(words[`due_${name}`], { n: n.toLocaleString() })),
  );
  by("due").replaceChildren(...parts);
  const [done, of] = [list.done.length, open() + list.done.length];
  by("done-of").textContent = filled(words.done_of, { n: done.toLocaleString(), of: of.toLocaleString() });
  by("done-bar").max = Math.max(of, 1);
  by("done-bar").value = done;
}

function aboveOf({ action, irreversible, can_be_done, task, notes }) {
  const fixed = action === "approve" ? words.irreversible : words.irreversible_own;
  const asked = action === "review" ? words.task_review : task;
  return [
    ...(irreversible ? [made("p", { textContent: fixed, className: "fixed" })] : []),
    ...(can_be_done ? [] : [made("p", { textContent: asked })]),
    ...notes.map((note) => made("p", { textContent: note, className: "wrong" })),
  ];
}

function groupsOf(outcome) {
  const first = (group, place) => !place || (group.reason && group.reason !== outcome.groups[place - 1].reason);
  const laid = outcome.groups.map((group, place) => groupOf(group, outcome, first(group, place), picked));
  const under = (title, some) => made("section", {}, made("h3", { textContent: title }), ...some);
  if (outcome.action === "seller_cancel") {
    const cards = Map.groupBy(outcome.groups, ({ reason }) => reason);
    return [...cards].map(([reason, groups]) => {
      const n = countOf({ groups });
      const points = groups.reduce((sum, { brings }) => sum + brings, 0);
      const title = [`${reason} ${filled(words.orders, { n })}`, points && filled(words.brings, { n: points })];
      const card = under(title.filter(Boolean).join(" · "), laid.filter((_, at) => groups.includes(outcome.groups[at])));
      card.className = "card";
      return card;
    });
  }
  const risky = laid.filter((_, at) => outcome.groups[at].risky);
  if (!risky.length) return laid;
  const others = laid.slice(risky.length);
  return [under(words.risky_first, risky), ...(others.length ? [under(words.routine, others)] : [])];
}

// ── the end of an outcome, and of the day ──

function showEnd(list, outcome, nothing) {
  const ended = list && !nothing && !outcome && shown !== "done";
  by("end").hidden = !ended;
  if (!ended) return;
  const next = mostUrgent();
  const parts = [];
  if (shown) {
    const n = list.done.filter(({ action }) => action === shown).length;
    const said = filled(n ? words.finished : words.none_left, { name: nameOf(shown), n });
    parts.push(made("p", { textContent: said }));
  }
  if (next) {
    const label = filled(words.next_outcome, { name: nameOf(next.action), n: countOf(next).toLocaleString() });
    parts.push(made("a", { className: "button", href: addressOf(next.action), textContent: label }));
  } else parts.push(made("p", { className: "done", textContent: words.nothing_open }));
  by("end").replaceChildren(...parts);
}

// What was finished today, with the way back of each.
function doneOf({ done }) {
  const back = (order) => {
    const button = made("button", { type: "button", textContent: words.take_back });
    button.ariaLabel = `${words.take_back} ${order.number}`;
    button.addEventListener("click", () =>
      takeBackDone(order.number, `${order.product} → ${nameOf(order.action)}`),
    );
    return button;
  };
  const rows = done.map((order) => {
    const goods = made("span", { className: "goods", textContent: goodsOf(order) });
    const was = made("span", { className: "due", textContent: nameOf(order.action) });
    const row = made("li", { className: "order", tabIndex: -1 }, was, goods, made("span", { textContent: order.number }), back(order));
    row.dataset.number = order.number;
    return row;
  });
  return [made("p", { textContent: words.done_stays }), made("ul", { className: "orders" }, ...rows)];
}

// ── the place of the seller in the list ──

const rows = () => [...by("groups").querySelectorAll("li.order")].filter((row) => row.checkVisibility());
const rowAt = (number) => by("groups").querySelector(`li.order[data-number="${number}"]`);
// Orders, and the heads of closed groups.
const stops = () =>
  [...by("groups").querySelectorAll("li.order, .group:not([open]) > summary")].filter((each) => each.checkVisibility());

// Where the focus was, and what was seen, stay where they are on the screen, whatever has changed.
function keepingPlace(change) {
  const groups = by("groups");
  const focused = groups.contains(document.activeElement) ? document.activeElement : null;
  const [number, key] = [focused?.closest("li.order")?.dataset.number, focused?.closest(".group")?.dataset.key];
  const does = focused?.dataset.does;
  const before = rows();
  const anchor = focused?.closest("li.order") ?? before.find((row) => row.getBoundingClientRect().top >= 0);
  const [at, top] = [anchor?.dataset.number, anchor?.getBoundingClientRect().top];
  const after = number ? followers(before, number) : [];
  const [keys, at_group] = [groupKeys(), groupKeys().indexOf(key)];
  change();
  const same = at && rowAt(at);
  if (same) scrollBy(0, same.getBoundingClientRect().top - top);
  for (const group of groups.querySelectorAll(".group")) markStop(group);
  if (!focused) return;
  const row = number && [number, ...after].map(rowAt).find(Boolean);
  if (row) return goToRow(row, row.dataset.number === number ? does : undefined);
  const left = [...keys.slice(Math.max(at_group, 0)), ...keys].find((each) => groupKeys().includes(each));
  const act = left && left === key && does && groupAt(left).querySelector(`[data-does="${does}"]`);
  if (left) return (act && act.checkVisibility() ? act : groupAt(left).querySelector("summary")).focus();
  queueMicrotask(() => (by("end").querySelector("a") ?? by("today-title")).focus()); // when the end is shown
}

const groupKeys = () => [...by("groups").querySelectorAll(".group")].map(({ dataset }) => dataset.key);
const groupAt = (key) => [...by("groups").querySelectorAll(".group")].find(({ dataset }) => dataset.key === key);

// The numbers of the rows after that one, then of those before it, the nearest first.
function followers(all, number) {
  const at = all.findIndex((row) => row.dataset.number === number);
  return [...all.slice(at + 1), ...all.slice(0, at).reverse()].map((row) => row.dataset.number);
}

// Of each group one row can be reached by the Tab key.
function markStop(group) {
  const all = [...group.querySelectorAll("li.order")];
  const stop = all.find((row) => row.dataset.number === current) ?? all[0];
  for (const row of all) row.tabIndex = row === stop ? 0 : -1;
}

function goToRow(row, does) {
  current = row.dataset.number;
  const group = row.closest(".group");
  if (group) markStop(group);
  const target = (does && row.querySelector(`[data-does="${does}"]`)) || row;
  target.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function move(by_how_many) {
  const all = stops();
  const here = document.activeElement.closest("li.order") ?? document.activeElement;
  const at = all.indexOf(here);
  const next = at < 0 ? all.find((each) => each.dataset.number === current) ?? all[0] : all[at + by_how_many];
  if (next) return next.matches("summary") ? next.focus() : goToRow(next);
  if (by_how_many > 0 && at >= 0) showMore(here.closest(".group"));
}

function within(by_how_many) {
  const row = document.activeElement.closest("li.order");
  if (!row) return false;
  const all = [row, ...row.querySelectorAll("a, button, input")];
  all[all.indexOf(document.activeElement) + by_how_many]?.focus();
}

// ── what is done with the order at which the seller is, or with the selected ones ──

const here = () => {
  const row = document.activeElement.closest?.("li.order");
  return row && orderOf(row.dataset.number);
};

// A row that is done is left for the next one at once.
function leave(number) {
  const left = followers(rows(), number).map(rowAt).find((row) => row && !row.classList.contains("busy"));
  rowAt(number)?.classList.add("busy");
  laid = null;
  if (left) goToRow(left);
}

function finish(order) {
  if (!order || !outcomeShown().can_be_done) return false;
  markDone(order);
  leave(order.number);
}

function reply(place) {
  const order = here();
  const given = order && answersOf(order)[place - 1];
  if (!given) return false;
  give(order, given);
  leave(order.number);
}

function hold(order) {
  if (!order) return false;
  putOnHold(order);
  leave(order.number);
}

function pick(order, on = !picked.has(order.number)) {
  if (on) picked.add(order.number);
  else picked.delete(order.number);
  const box = rowAt(order.number)?.querySelector("input");
  if (box) box.checked = on;
  showPicked();
}

function reach(by_how_many) {
  const order = here();
  if (!order) return false;
  pick(order, true);
  move(by_how_many);
  if (here()) pick(here(), true);
}

function showPicked() {
  const [lost, does] = [by("picked").contains(document.activeElement), document.activeElement.dataset.does];
  const outcome = outcomeShown();
  by("picked").hidden = !picked.size;
  by("picked-said").textContent = filled(words.selected, { n: picked.size.toLocaleString() });
  by("picked-done").replaceChildren(...(outcome?.can_be_done ? allDone([...picked], outcome, words.done) : []));
  if (lost && does) by("picked-done").querySelector(`[data-does="${does}"]`)?.focus();
  const row = lost && !picked.size && ((current && rowAt(current)) ?? rows()[0]);
  if (row) goToRow(row);
}

function pickNone() {
  if (!picked.size) return false;
  picked.clear();
  for (const box of by("groups").querySelectorAll("li.order input:checked")) box.checked = false;
  showPicked();
}

function holdPicked() {
  const said = `${filled(words.orders, { n: picked.size })} → ${words.on_hold}`;
  answer({ orders: [...picked], cell: RESULT, value: HELD, said });
  pickNone();
}

const copyNumbers = (numbers) => copy(numbers.join("\n"), filled(words.numbers_copied, { n: numbers.length }));

function copyMessage() {
  const order = here();
  if (!order) return false;
  if (order.message) copy(order.message, words.message_copied);
  else notify(words.no_message);
}

function onClick(event) {
  const row = event.target.closest("li.order");
  const order = row && orderOf(row.dataset.number);
  if (!order) return;
  current = order.number;
  markStop(row.closest(".group"));
  const does = event.target.closest("[data-does]")?.dataset.does;
  if (does === "pick") pick(order, event.target.checked);
  else if (does === "done") finish(order);
  else if (does?.startsWith("answer")) leave(order.number);
  else if (!does) goToRow(row);
}

const orFalse = (act) => () => (here() ? act(here()) : false);

export function listenForToday() {
  by("groups").addEventListener("click", onClick);
  by("picked-hold").addEventListener("click", holdPicked);
  by("picked-copy").addEventListener("click", () => copyNumbers([...picked]));
  by("picked-none").addEventListener("click", pickNone);
  listenForKeys("", { KeyZ: takeBack });
  listenForKeys("today", {
    KeyJ: () => move(1),
    KeyK: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    ArrowRight: () => within(1),
    ArrowLeft: () => within(-1),
    "Shift+ArrowDown": () => reach(1),
    "Shift+ArrowUp": () => reach(-1),
    Enter: () => (document.activeElement.matches("li.order") && here() ? goTo("order", here().number) : false),
    KeyE: () => finish(here()),
    KeyH: () => hold(here()),
    KeyC: copyMessage,
    KeyN: orFalse((order) => copyNumbers(picked.size ? [...picked] : [order.number])),
    KeyO: orFalse(({ link }) => window.open(link, "_blank", "noreferrer")),
    KeyM: orFalse(({ number }) => goTo("order", number)),
    KeyX: orFalse((order) => pick(order)),
    ...Object.fromEntries([1, 2, 3, 4].map((place) => [`Digit${place}`, () => reply(place)])),
    Escape: pickNone,
  });
}
