// Rows that cannot be used: a form for each file, whose corrected rows come back as a correction copy would.
import { tell } from "./api.js";
import { by, filled, made } from "./dom.js";
import { notify } from "./notice.js";
import { words } from "./words.js";

const leftOut = new Set(); // rows that are decided without, until the page is loaded again
let afterwards = async () => {};
let shown;

export function listenForCorrections(refresh) {
  afterwards = refresh;
}

const named = (file, { sheet, row }) => JSON.stringify([file, sheet, row]);

export function showRowsToCorrect(files, further) {
  const left = files
    .map(({ file, rows }) => ({ file, rows: rows.filter((row) => !leftOut.has(named(file, row))) }))
    .filter(({ rows }) => rows.length);
  by("rows-to-correct").hidden = left.length === 0;
  const now = JSON.stringify([left, further]);
  if (now === shown) return; // somebody may be typing there
  shown = now;
  by("to-correct").replaceChildren(
    ...left.map(({ file, rows }) => formOf(file, rows)),
    ...(further ? [made("p", { textContent: filled(words.further_to_correct, { n: further }) })] : []),
  );
}

function formOf(file, rows) {
  const parts = rows.map((row) => partOf(file, row));
  const wrong = made("div", { className: "wrong" });
  wrong.setAttribute("role", "alert");
  const save = made("button", { textContent: words.save, ariaLabel: `${words.save}: ${file}` });
  const form = made("form", {}, made("h4", { textContent: file }), ...parts.map(({ element }) => element), wrong, save);
  form.dataset.file = file;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    wrong.replaceChildren();
    try {
      await tell("api/correct", { file, rows: parts.map(({ corrected }) => corrected()).filter(Boolean) });
      notify(words.corrected);
      await afterwards();
    } catch (refusal) {
      wrong.replaceChildren(...refusal.message.split("\n").map((line) => made("p", { textContent: line })));
    }
  });
  return form;
}

// The part of a form for one row, and what the seller has corrected in it; null if nothing.
function partOf(file, row) {
  const inputs = row.cells.map(({ column, value }) => made("input", { value, ariaLabel: `${column} ${filled(words.row_number, row)}` }));
  const out = made("button", { type: "button", textContent: words.leave_row_out });
  out.setAttribute("aria-label", `${words.leave_row_out}: ${filled(words.row_number, row)}`);
  const cells = row.cells.map(({ column, message, fix, teachable }, at) =>
    made(
      "div",
      {},
      made("label", {}, `${column} `, inputs[at]),
      made("p", { className: "state", textContent: `${message} ${fix}` }),
      ...(teachable ? [made("a", { className: "button", href: `#teach/${encodeURIComponent(file)}`, textContent: words.teach_columns })] : []),
    ),
  );
  const head = made("p", {}, made("strong", { textContent: row.product || words.product_unknown }), ` · ${filled(words.row_number, row)} `, out);
  const element = made("div", { className: "row-to-correct" }, head, ...cells);
  out.addEventListener("click", () => {
    leftOut.add(named(file, row));
    element.replaceChildren(made("p", { textContent: words.row_left_out }));
  });
  const corrected = () => {
    if (leftOut.has(named(file, row)) || inputs.every((input, at) => input.value === row.cells[at].value)) return null;
    return { sheet: row.sheet, row: row.row, cells: Object.fromEntries(row.cells.map(({ column }, at) => [column, inputs[at].value])) };
  };
  return { element, corrected };
}
