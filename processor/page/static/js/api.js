// Asks the server. What cannot be done is thrown as a Refusal, with a sentence that may be shown as it is.
import { words } from "./words.js";

export class Refusal extends Error {
  constructor(code, message, details) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

async function answered(path, options) {
  const response = await fetch(path, options).catch(() => null);
  const gone = response === null || response.status === 403; // 403: another page listens here by now
  document.getElementById("gone").hidden = !gone;
  if (gone) throw new Refusal("page_gone", words.page_gone, {});
  const values = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(values.code ?? "program_fault", values.message ?? response.statusText, values);
  return values;
}

export const ask = (path) => answered(path);

export const tell = (path, values = {}) =>
  answered(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(values) });

export const send = (path, file) => answered(path, { method: "POST", body: file });
