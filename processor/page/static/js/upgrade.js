// What the newest default rules would change here, and the change to them.
import { ask, tell } from "./api.js";
import { asking, by, filled, folded, isNew, made, named, para, tableOf, whileBusy } from "./dom.js";
import { complain, notify } from "./notice.js";
import { words } from "./words.js";

export function listenForUpgrade() {
  asking("upgrade", () =>
    whileBusy("upgrade", swap).catch((refusal) => complain(refusal.message)),
  );
}

export const showUpgrade = () =>
  whileBusy("upgrade", async () => {
    const told = await ask("api/upgrade");
    if (isNew("upgrade-told", told)) layOut(told);
  });

async function swap() {
  const told = await tell("api/swap_rules");
  layOut(told);
  if (told.swapped) notify(told.swapped);
}

function layOut({ summary, nothing, kinds, meets, impact, flips, swapped }) {
  const parts = summary.map((line) => para(line));
  if (!nothing) {
    parts.push(...impact.map((line) => para(line)));
    if (flips.length) parts.push(made("h3", { textContent: words.upgrade_flips }), tableOf(heads, flips.map(flip)));
    if (meets.length) parts.push(made("h3", { textContent: words.upgrade_meets }), named(meets.map(meeting)));
    parts.push(...kinds.map(({ heading, entries }) => folded(`${heading} ${entries.length.toLocaleString()}`, named(entries))));
  }
  by("upgrade-told").replaceChildren(...parts);
  by("upgrade-question").hidden = true;
  by("upgrade-ask").hidden = nothing || swapped !== null;
}

const heads = [words.upgrade_number, words.upgrade_product, words.upgrade_before, words.upgrade_after, ""];

function flip({ number, product, option, before, after, irreversible }) {
  return [number, [product, option].filter(Boolean).join(" · "), before, after, irreversible ? words.upgrade_final : ""];
}

function meeting([line, name, own, after]) {
  return [filled(words.upgrade_line, { line, name }), `${words.upgrade_own}: ${own}\n${words.upgrade_default}: ${after}`];
}
