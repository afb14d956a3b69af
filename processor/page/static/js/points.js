// The penalty points: where they stand, what can still be prevented, and the next thirty days.
import { ask } from "./api.js";
import { lineChart } from "./chart.js";
import { by, folded, isNew, para, whileBusy } from "./dom.js";
import { partOf, partsOf } from "./sheet.js";
import { words } from "./words.js";

export const showPoints = () =>
  whileBusy("points", async () => {
    const { blocks } = await ask("api/points");
    if (isNew("points-now", blocks)) layOut(blocks);
  });

function layOut(blocks) {
  const avoidable = blocks.findIndex(({ name }) => name === "points_avoidable");
  const before = avoidable < 0 ? null : blocks[avoidable - 1]; // its sums
  const now = blocks.filter(({ tone }) => tone === "title" || tone === "warning");
  const chart = blocks.find(({ lines }) => lines?.length);
  const table = blocks.find(({ name }) => name === chart.table);
  const shown = [blocks[avoidable], before, chart, table, ...now];
  by("points-now").replaceChildren(...partsOf(now));
  by("points-avoidable").replaceChildren(...(before ? [para(before.text), partOf(blocks[avoidable])] : [para(words.points_nothing)]));
  by("points-chart").replaceChildren(lineChart(chart, table), folded(words.points_days, partOf(table)));
  by("points-rest").replaceChildren(folded(words.points_more, ...partsOf(blocks.filter((block) => !shown.includes(block)))));
}
