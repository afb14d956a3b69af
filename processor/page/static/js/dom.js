// Small helpers for the document. Text is always set as text, never as HTML.
export const by = (id) => document.getElementById(id);

export function made(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

export const para = (textContent, className = "") => made("p", { textContent, className });

export const folded = (title, ...children) =>
  made("details", {}, made("summary", { textContent: title }), ...children);

// Pairs of a name and what is said about it: text, or an element.
export function named(pairs) {
  const parts = pairs.flatMap(([name, said]) => [made("dt", { textContent: name }), made("dd", {}, said)]);
  return made("dl", { className: "named" }, ...parts);
}

export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// While something is loaded, its screen says so.
export async function whileBusy(id, work) {
  by(id).setAttribute("aria-busy", "true");
  try {
    return await work();
  } finally {
    by(id).removeAttribute("aria-busy");
  }
}

// Is this anything else than what was last laid out there? Where it is not, what is open, read or filled in stays so.
export function isNew(id, told) {
  const text = JSON.stringify(told);
  const other = by(id).told !== text;
  by(id).told = text;
  return other;
}

export function tableOf(heads, rows) {
  const head = made("tr", {}, ...heads.map((textContent) => made("th", { scope: "col", textContent })));
  const lines = rows.map((cells) => made("tr", {}, ...cells.map((cell) => made("td", {}, cell))));
  return made("table", {}, made("thead", {}, head), made("tbody", {}, ...lines));
}

// A button NAME-ask asks NAME-question first, which is answered by NAME-yes or NAME-not-yet.
export function asking(name, carryOut) {
  const [button, question] = [by(`${name}-ask`), by(`${name}-question`)];
  const showQuestion = (on) => {
    question.hidden = !on;
    (on ? by(`${name}-yes`) : button).focus();
  };
  button.addEventListener("click", () => showQuestion(true));
  by(`${name}-not-yet`).addEventListener("click", () => showQuestion(false));
  by(`${name}-yes`).addEventListener("click", async () => {
    question.hidden = true;
    await carryOut();
    by(`${name}-title`).focus();
  });
}
