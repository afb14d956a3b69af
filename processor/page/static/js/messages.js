// The messages to buyers: one is chosen, changed with a filled sample beside it, saved, or put back to the default.
import { ask, tell } from "./api.js";
import { by, filled, made, whileBusy } from "./dom.js";
import { notify } from "./notice.js";
import { words } from "./words.js";

const PAUSE = 400; // milliseconds without a key before the text is tried

let all = new Map(); // name → the message
let shown = null; // the one that is being looked at
let waiting = 0; // the timer of the next trial
let latest = 0; // only the answer about the newest text is shown

export function listenForMessages() {
  by("messages-choose").addEventListener("change", choose);
  by("messages-text").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(tryIt, PAUSE);
    layOutButtons();
  });
  by("messages-form").addEventListener("submit", (event) => {
    event.preventDefault();
    change(written());
  });
  by("messages-default").addEventListener("click", () => change(null));
  by("messages-cancel").addEventListener("click", () => open(shown.name));
}

const written = () => by("messages-text").value.trim();
const begun = () => shown !== null && written() !== shown.text;

// What has been begun to write stays, also when another window has changed something.
export const showMessages = (name) =>
  whileBusy("messages", async () => {
    const answer = await ask("api/messages");
    if (!begun()) layOut(answer, name);
  });

function layOut({ messages, variables }, name) {
  all = new Map(messages.map((message) => [message.name, message]));
  by("messages-choose").replaceChildren(...messages.map(optionOf));
  by("messages-variables").replaceChildren(...variables.map(variableOf));
  open(all.has(name) ? name : (shown?.name ?? messages[0].name));
}

const isOwn = ({ text, default: theirs }) => text !== theirs;

function optionOf(message) {
  const text = [message.name.replaceAll("_", " "), isOwn(message) ? words.messages_own : ""].filter(Boolean).join(" ");
  return made("option", { value: message.name, textContent: text });
}

function variableOf({ name, always, sample }) {
  const braces = `{${name}}`;
  const button = made("button", { type: "button", textContent: braces, ariaLabel: filled(words.messages_put_in, { name: braces }) });
  button.addEventListener("click", () => {
    const field = by("messages-text");
    field.setRangeText(always ? braces : `[[ ${braces}]]`, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input"));
    field.focus();
  });
  const about = [words[`messages_of_${name}`], sample, always ? words.messages_always : ""].filter(Boolean).join(" · ");
  return made("li", {}, button, made("span", { textContent: about }));
}

function choose() {
  if (begun()) {
    by("messages-choose").value = shown.name;
    by("messages-said").textContent = words.messages_unsaved;
    by("messages-text").focus();
  } else open(by("messages-choose").value);
}

function open(name) {
  clearTimeout(waiting);
  latest++;
  shown = all.get(name);
  by("messages-choose").value = name;
  by("messages-text").value = shown.text;
  by("messages-used").lastElementChild.replaceChildren(
    ...(shown.used.length ? shown.used : [words.messages_unused]).map((text) => made("li", { textContent: text })),
  );
  showTried({ filled: shown.sample, wrong: [], limit: shown.limit });
  layOutButtons();
}

function layOutButtons() {
  by("messages-save").disabled = by("messages-cancel").disabled = !begun();
  by("messages-default").disabled = shown.default === null || !isOwn(shown);
  by("messages-said").textContent = !begun() && !isOwn(shown) ? words.messages_is_default : "";
}

function showTried({ filled: text, wrong, limit }) {
  by("messages-wrong").textContent = wrong.join(" ");
  by("messages-text").toggleAttribute("aria-invalid", false);
  if (wrong.length) by("messages-text").setAttribute("aria-invalid", "true");
  if (text === null) return;
  by("messages-sample").textContent = text;
  by("messages-length").textContent = filled(limit ? words.messages_length_of : words.messages_length, { n: text.length, limit });
}

async function tryIt() {
  const turn = ++latest;
  const tried = await tell("api/try_message", { name: shown.name, text: written() }).catch(refused);
  if (turn === latest) showTried(tried);
}

const refused = ({ code, message, details }) => ({
  filled: null,
  wrong: code === "wrong_values" ? Object.values(details.wrong) : [message],
});

async function change(text) {
  clearTimeout(waiting);
  latest++;
  try {
    const answer = await whileBusy("messages", () => tell("api/change_message", { name: shown.name, text }));
    layOut(answer, shown.name);
    notify(words.messages_saved);
    by("messages-text").focus();
  } catch (refusal) {
    showTried(refused(refusal));
  }
}
