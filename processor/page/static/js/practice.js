// Practice on invented orders: it has a page of its own, and this page is either that one or may open it.
import { tell } from "./api.js";
import { by, made } from "./dom.js";
import { complain } from "./notice.js";
import { words } from "./words.js";

export function listenForPractice() {
  for (const button of document.querySelectorAll("button.practise")) button.addEventListener("click", () => begin(button));
  by("end-practice")?.addEventListener("click", end);
}

// said: where it is said beside the button how to get there
async function begin(button) {
  const said = button.parentElement.querySelector("[role=status]");
  button.disabled = true;
  said.textContent = words.practice_beginning;
  try {
    const { url, shown } = await tell("api/practice");
    if (shown) said.textContent = words.practice_shown;
    else said.replaceChildren(`${words.practice_address} `, made("input", { type: "text", readOnly: true, value: url, ariaLabel: words.practice_address }));
  } catch (refusal) {
    said.textContent = refusal.message;
  }
  button.disabled = false;
}

async function end() {
  try {
    await tell("api/end_practice");
  } catch (refusal) {
    complain(refusal.message);
    return;
  }
  by("gone").textContent = words.practice_ended; // as it is said when nothing answers here any more
  by("gone").hidden = false;
  by("practice").hidden = by("desk").hidden = true;
  close(); // where the browser lets it
}
