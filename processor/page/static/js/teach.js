// What a file calls otherwise than it is known: the seller chooses what it means, sees what that changes, and saves it.
import { ask, tell } from "./api.js";
import { by, filled, made } from "./dom.js";
import { notify } from "./notice.js";
import { words } from "./words.js";

let file = "";
let questions = []; // {new, ofLabel, select}
let shown;

export async function showTeach(name) {
  const found = await ask(`api/teachable?file=${encodeURIComponent(name)}`);
  const now = JSON.stringify([name, found]);
  if (now === shown) return; // somebody may be choosing there
  [shown, file] = [now, name];
  by("teach-file").textContent = name;
  questions = found.sheets.flatMap((sheet) => [...sheet.columns.map(ofColumn), ...sheet.labels.map(ofLabel)]).filter(Boolean);
  const missing = found.sheets.flatMap((sheet) => sheet.missing);
  by("teach-questions").replaceChildren(
    ...(missing.length ? [made("p", { className: "wrong", textContent: filled(words.teach_missing, { names: missing.join(", ") }) })] : []),
    ...found.problem_list.map(({ message }) => made("p", { className: "wrong", textContent: message })),
    ...questions.map(({ element }) => element),
  );
  by("teach-nothing").hidden = questions.length > 0;
  by("teach-try").hidden = questions.length === 0;
  forgetPreview();
}

function ofColumn({ column, samples, candidates }) {
  if (!candidates.length) return null;
  const choices = candidates.map(({ column: name, why }) => [name, [filled(words.teach_same_column, { name }), ...why].join(". ")]);
  const head = filled(words.teach_column, { name: column });
  return question(column, false, head, samples.length ? filled(words.teach_samples, { samples: samples.join(", ") }) : "", choices);
}

function ofLabel({ column, label, rows, candidates }) {
  const choices = candidates.map(({ like }) => [like, filled(words.teach_same_label, { name: like })]);
  return question(`${column}:${label}`, true, filled(words.teach_label, { name: label, column, rows }), "", choices);
}

function question(name, label, head, more, choices) {
  const select = made("select", {}, ...[["", words.teach_unknown], ...choices].map(([value, text]) => made("option", { value, textContent: text })));
  select.addEventListener("change", forgetPreview);
  const element = made("p", { className: "question" }, made("label", {}, made("strong", { textContent: head }), select));
  if (more) element.append(made("span", { className: "state", textContent: more }));
  return { name, label, select, element };
}

function chosen() {
  const told = questions.filter(({ select }) => select.value);
  const pairs = (some) => Object.fromEntries(some.map(({ name, select }) => [name, select.value]));
  return { file, columns: pairs(told.filter(({ label }) => !label)), labels: pairs(told.filter(({ label }) => label)), any: told.length > 0 };
}

function forgetPreview() {
  by("teach-preview").replaceChildren();
  by("teach-save").hidden = true;
}

function preview(lines, kind = "") {
  by("teach-preview").replaceChildren(
    ...lines.map((line) => made("p", { textContent: line.replace(/^! /, ""), className: line.startsWith("! ") ? "wrong" : kind })),
  );
}

async function attempt(path, done) {
  const { any, ...lessons } = chosen();
  if (!any) return preview([words.teach_choose], "wrong");
  try {
    done(await tell(path, lessons));
  } catch (refusal) {
    forgetPreview();
    preview(refusal.message.split("\n"), "wrong");
  }
}

export function listenForLessons(refresh) {
  by("teach-questions").addEventListener("submit", (event) => {
    event.preventDefault();
    attempt("api/try_teaching", ({ lines }) => {
      preview(lines);
      by("teach-save").hidden = false;
    });
  });
  by("teach-save").addEventListener("click", () =>
    attempt("api/teach", async ({ ending }) => {
      notify(`${words.teach_next} ${ending}`);
      await refresh();
    }),
  );
}
