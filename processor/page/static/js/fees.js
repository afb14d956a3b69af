// Who pays shipping and how much, as the sheet 비용부담 has it; what is not known stays unknown.
import { ask } from "./api.js";
import { by, folded, isNew, whileBusy } from "./dom.js";
import { partOf, partsOf } from "./sheet.js";
import { words } from "./words.js";

export const showFees = () =>
  whileBusy("fees", async () => {
    const { blocks } = await ask("api/fees");
    if (isNew("fees-told", blocks)) layOut(blocks);
  });

function layOut(blocks) {
  const orders = blocks.find(({ name }) => name === "costs_ledger");
  const parts = partsOf(blocks.filter((block) => block !== orders));
  by("fees-told").replaceChildren(...parts, ...(orders ? [folded(words.fees_orders, partOf(orders))] : []));
}
