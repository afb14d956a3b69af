// The list of the day: by outcome, group and order, with the answers that change something and what each leads to.
import { tell } from "./api.js";
import { chosen, day } from "./day.js";
import { by, filled, made } from "./dom.js";
import { complain, notify } from "./notice.js";
import { words } from "./words.js";

let afterwards = async () => {};

export function listenForAnswers(refresh) {
  afterwards = refresh;
}

export function showToday() {
  const { list, status } = day();
  by("nothing-open").hidden = !list || list.outcomes.length > 0;
  by("no-files").hidden = !status || status.last_run !== null;
  by("newest").hidden = !status?.newest;
  if (status?.newest) by("newest").href = `/workbook/${status.newest}`;
  const outcome = list?.outcomes.find(({ action }) => action === chosen());
  by("task").hidden = by("groups").hidden = !outcome;
  if (outcome) showOutcome(outcome);
}

function showOutcome(outcome) {
  by("task").replaceChildren(
    made("p", { textContent: outcome.task }),
    ...outcome.notes.map((note) => made("p", { textContent: note, className: "wrong" })),
    ...(outcome.irreversible ? [made("p", { textContent: words.irreversible, className: "wrong" })] : []),
  );
  by("groups").replaceChildren(...outcome.groups.map((group, place) => groupOf(group, outcome, place === 0)));
}

function groupOf(group, outcome, open) {
  const numbers = group.orders.map(({ number }) => number);
  const head = [group.urgency, group.act_by, group.why].filter(Boolean).join(" · ");
  const summary = made("summary", { textContent: `${group.letter} · ${filled(words.orders, { n: numbers.length })} · ${head}` });
  const details = made("details", { open }, summary);
  const fill = () => {
    if (details.children.length > 1) return;
    details.append(
      made("ol", { className: "steps" }, ...group.steps.map((step) => made("li", { textContent: step }))),
      ...(group.points ? [made("p", { textContent: group.points })] : []),
      ...(group.message ? [made("p", { className: "message", textContent: group.message })] : []),
      made(
        "p",
        {},
        copying(words.copy_numbers, numbers.join("\n")),
        ...(group.message ? [copying(words.copy_message, group.message)] : []),
        ...allDone(numbers, outcome),
      ),
      made("ul", { className: "orders" }, ...group.orders.map((order) => orderOf(order, group, outcome))),
    );
  };
  details.addEventListener("toggle", () => details.open && fill()); // thousands of orders are laid out when they are looked at
  if (open) fill();
  return details;
}

function allDone(numbers, { irreversible }) {
  const all = made("button", { type: "button", textContent: words.all_done });
  if (!irreversible) {
    all.addEventListener("click", () => answer(numbers, filled(words.orders, { n: numbers.length }), RESULT, DONE, words.done));
    return [all];
  }
  const yes = made("button", { type: "button", textContent: words.yes_all_done });
  const not_yet = made("button", { type: "button", textContent: words.not_yet });
  const question = made("span", { hidden: true }, filled(words.really_done, { n: numbers.length }), yes, not_yet);
  all.addEventListener("click", () => {
    question.hidden = false;
    yes.focus();
  });
  not_yet.addEventListener("click", () => {
    question.hidden = true;
    all.focus();
  });
  yes.addEventListener("click", () => answer(numbers, filled(words.orders, { n: numbers.length }), RESULT, DONE, words.done));
  return [all, question];
}

function copying(label, text) {
  const button = made("button", { type: "button", textContent: label });
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text);
    notify(words.copied);
  });
  return button;
}

const RESULT = "처리결과"; // as rules.yaml and the workbook have it, in every language
const DONE = "완료";

function orderOf(order, group, outcome) {
  const goods = [order.product, order.option, `× ${order.quantity}`].filter(Boolean).join(" · ");
  const link = made("a", { href: order.link, target: "_blank", rel: "noreferrer", textContent: order.number });
  const parts = [made("span", { textContent: [order.urgency, goods].filter(Boolean).join(" · ") }), link];
  if (order.message && order.message !== group.message) parts.push(copying(words.copy_message, order.message));
  const cells = Map.groupBy(order.answers.filter(({ changes }) => changes), ({ header }) => header);
  for (const [header, answers] of cells) {
    const group = made("span", { role: "group", ariaLabel: header }, `${header}: `);
    for (const { cell, value, said: label, leads_to_name } of answers) {
      const button = made("button", { type: "button", textContent: `${label} → ${leads_to_name}` });
      button.addEventListener("click", () =>
        answer([order.number], order.product, cell, value, leads_to_name, order.told[cell]),
      );
      group.append(button);
    }
    parts.push(group);
  }
  const done = made("button", { type: "button", textContent: words.done });
  done.setAttribute("aria-label", `${words.done}: ${order.number}`);
  done.addEventListener("click", () => answer([order.number], order.product, RESULT, DONE, words.done));
  return made("li", {}, ...parts, done);
}

// before: what was answered until now, which is told again when this is taken back
async function answer(orders, what, cell, value, leads_to, before = "") {
  if (await told(orders, cell, value)) notify(`${what} → ${leads_to}`, () => told(orders, cell, before));
}

async function told(orders, cell, value) {
  by("today").setAttribute("aria-busy", "true");
  try {
    await tell("/api/answer", { orders, cells: { [cell]: value } });
    await afterwards();
    return true;
  } catch (refusal) {
    complain(refusal.message);
    return false;
  } finally {
    by("today").removeAttribute("aria-busy");
  }
}
