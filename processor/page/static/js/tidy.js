// What is old enough to be removed: it is shown, asked about, and then removed.
import { ask, tell } from "./api.js";
import { asking, by, filled, folded, isNew, made, para, whileBusy } from "./dom.js";
import { complain, notify } from "./notice.js";
import { words } from "./words.js";

const USUAL = 3; // months
let before = null; // the day before which everything that was shown is old

export function listenForTidying() {
  by("tidy-age").addEventListener("change", () => whileBusy("tidy", look).catch((refusal) => complain(refusal.message)));
  asking("tidy", () => whileBusy("tidy", remove).catch((refusal) => complain(refusal.message)));
}

export const showTidy = () => whileBusy("tidy", look);

async function look() {
  const found = await tell("api/old", { months: Number(by("tidy-age").value) || USUAL });
  if (!by("tidy-age").options.length) by("tidy-age").append(...found.ages.map(age));
  if (!isNew("tidy-told", found)) return;
  before = found.before;
  const counts = { ...found, history: found.history.length };
  const numbers = Object.fromEntries(["inputs", "orders", "points", "files", "history"].map((name) => [name, counts[name].toLocaleString()]));
  const something = Object.values(numbers).some((number) => number !== "0");
  const parts = [para(filled(something ? words.tidy_found : words.tidy_nothing, { before, ...numbers }))];
  if (found.still_open) parts.push(para(filled(words.tidy_open, { n: found.still_open.toLocaleString() }), "state"));
  if (found.names.length) parts.push(folded(words.tidy_see, made("ul", {}, ...found.names.map((name) => made("li", { textContent: name })))));
  by("tidy-told").replaceChildren(...parts);
  by("tidy-ask").hidden = !something;
  by("tidy-question").hidden = true;
}

function age(months) {
  const textContent = months === 1 ? words.tidy_month : filled(words.tidy_months, { n: months });
  return made("option", { value: months, selected: months === USUAL, textContent });
}

async function remove() {
  const { lines } = await tell("api/forget", { before });
  notify(lines.join(" "));
  await look();
}
