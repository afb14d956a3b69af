// What has just happened, said once above every screen, with a way back where there is one.
import { by, made } from "./dom.js";
import { words } from "./words.js";

// back: takes it back
export function notify(text, back) {
  const parts = [made("span", { textContent: text })];
  if (back) parts.push(way(back, `${words.take_back} `, made("kbd", { textContent: "Z" })));
  by("notice").className = "";
  by("notice").replaceChildren(...parts);
}

// again: tries once more
export function complain(text, again) {
  const parts = text.split("\n").map((line) => made("span", { textContent: line }));
  if (again) parts.push(way(again, words.again));
  by("notice").className = "wrong";
  by("notice").replaceChildren(...parts);
}

function way(act, ...label) {
  const button = made("button", { type: "button" }, ...label);
  button.addEventListener("click", act);
  return button;
}
