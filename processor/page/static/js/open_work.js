// How much is open by the last runs, by outcome, and the newest workbook.
import { ask } from "./api.js";
import { by, made } from "./dom.js";
import { words } from "./words.js";

export async function showOpenWork() {
  const status = await ask("/api/status");
  const lines = status.open.map(({ name, count }) => `${name} ${count.toLocaleString()}`);
  by("open-work").replaceChildren(
    ...(lines.length ? lines : [words.nothing_open]).map((line) => made("li", { textContent: line })),
  );
  by("last-run").textContent = status.last_run
    ? `${words.last_run} ${status.last_run.slice(0, 16).replace("T", " ")}`
    : words.never_run;
  by("newest").hidden = !status.newest;
  if (status.newest) by("newest").href = `/workbook/${status.newest}`;
}
