// What has just happened, said once above every screen, with a way back where there is one.
import { by, made } from "./dom.js";
import { words } from "./words.js";

// back: takes it back
export function notify(text, back) {
  const parts = [made("span", { textContent: text })];
  if (back) {
    const button = made("button", { type: "button" }, `${words.take_back} `, made("kbd", { textContent: "Z" }));
    button.addEventListener("click", back);
    parts.push(button);
  }
  by("notice").className = "";
  by("notice").replaceChildren(...parts);
}

export function complain(text) {
  by("notice").className = "wrong";
  by("notice").replaceChildren(...text.split("\n").map((line) => made("span", { textContent: line })));
}
