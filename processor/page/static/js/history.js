// The days of before, and the list of one of their runs as it was then: it is read, and nothing in it can be changed.
import { ask } from "./api.js";
import { countOf, nameOf } from "./day.js";
import { by, filled, folded, isNew, made, para, whileBusy } from "./dom.js";
import { goodsOf } from "./rows.js";
import { storyOf } from "./story.js";
import { lang, words } from "./words.js";

const days = new Intl.DateTimeFormat(lang, { year: "numeric", month: "long", day: "numeric", weekday: "short" });
const moments = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" });
const times = new Intl.DateTimeFormat(lang, { timeStyle: "short", hourCycle: "h23" });

export function listenForHistory() {
  by("history-older").addEventListener("click", () => whileBusy("history", showOlder));
}

// run: the one whose list is shown; none = the days
export const showHistory = (run) => whileBusy("history", () => (run ? showRun(run) : showDays()));

async function showDays() {
  const told = await ask("api/history");
  if (!isNew("history-told", told)) return;
  const { days: found, older } = told;
  by("history-told").replaceChildren(...(found.length ? [made("ul", {}, ...found.map(dayLine))] : [para(words.history_none)]));
  showMore(found, older);
}

async function showOlder() {
  const { days: found, older } = await ask(`api/history?before=${by("history-older").before}`);
  const lines = found.map(dayLine);
  by("history-told").firstChild.append(...lines);
  showMore(found, older);
  lines[0].querySelector("a, button")?.focus();
}

function showMore(found, older) {
  by("history-older").hidden = !older;
  if (found.length) by("history-older").before = found.at(-1).day;
}

function dayLine({ day, runs, orders, outcomes, why }) {
  const counts = outcomes.map(({ action, count }) => `${nameOf(action)} ${count.toLocaleString()}`);
  const [last, ...others] = runs;
  const line = made(
    "li",
    {},
    made("h3", { textContent: days.format(new Date(`${day}T00:00`)) }),
    para(why || [filled(words.history_orders, { n: orders.toLocaleString() }), ...counts].join(" · ")),
    made("p", {}, ...(why ? [] : [listLink(last)]), ...workbook(last)),
  );
  if (others.length) {
    const lines = others.map((run) => made("li", {}, made("p", {}, times.format(new Date(run.at)), listLink(run), ...workbook(run))));
    line.append(folded(filled(words.history_others, { n: others.length.toLocaleString() }), made("ul", {}, ...lines)));
  }
  return line;
}

const listLink = ({ run, at }) =>
  made("a", { href: `#history/${run}`, textContent: words.history_see, ariaLabel: `${words.history_see}: ${moments.format(new Date(at))}` });

const workbook = ({ run, workbook: there }) => (there ? [made("a", { href: `workbook/${run}`, textContent: words.excel })] : []);

// ── a list as it was ──

async function showRun(run) {
  const past = await ask(`api/past_list?run=${encodeURIComponent(run)}`);
  if (!isNew("history-told", past)) return;
  const { as_of, lines, list, ...told } = past;
  const at = moments.format(new Date(as_of));
  const head = made("div", { className: "past" }, made("p", { className: "strong", textContent: filled(words.history_past, { at }) }));
  head.append(...lines.map((line) => para(line)), made("p", {}, made("a", { href: "#history", textContent: words.history_back }), " ", ...workbook(told)));
  by("history-told").replaceChildren(head, ...(list?.outcomes ?? []).map((outcome) => outcomeOf(outcome, told.run)));
  by("history-older").hidden = true;
}

function outcomeOf(outcome, run) {
  return filledWhenOpened(`${nameOf(outcome.action)} ${countOf(outcome).toLocaleString()}`, () =>
    outcome.groups.flatMap(({ letter, why, act_by, orders }) => [
      para([letter, act_by, why].filter(Boolean).join(" · "), "strong"),
      made("ul", {}, ...orders.map((order) => orderLine(order, run))),
    ]),
  );
}

function filledWhenOpened(title, parts) {
  const details = folded(title);
  details.addEventListener("toggle", () => details.children.length > 1 || details.append(...parts()));
  return details;
}

function orderLine(order, run) {
  const { number, act_by } = order;
  const goods = [goodsOf(order), act_by].filter(Boolean).join(" · ");
  const why = made("button", { type: "button", textContent: words.history_why, ariaLabel: `${words.history_why}: ${number}` });
  const told = made("div", { ariaLive: "polite" });
  why.addEventListener("click", () =>
    whileBusy("history", async () => {
      const story = await ask(`api/explain?number=${number}&run=${run}`).then(storyOf, ({ message }) => para(message, "wrong"));
      told.replaceChildren(story);
    }),
  );
  return made("li", {}, made("p", {}, number, made("span", { textContent: goods }), why), told);
}
