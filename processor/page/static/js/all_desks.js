// The screen of all desks: what waits where, the most urgent first. Each name leads to the page of that desk.
import { stayAlive } from "./alive.js";
import { ask } from "./api.js";
import { by, made, whileBusy } from "./dom.js";
import { complain } from "./notice.js";
import { words } from "./words.js";

const rows = document.querySelector("#desks tbody");

async function show() {
  try {
    const { desks } = await whileBusy("desks", () => ask("api/desks"));
    const focused = document.activeElement?.pathname;
    by("notice").replaceChildren();
    rows.replaceChildren(...desks.flatMap(rowsOf));
    [...rows.querySelectorAll("a")].find((link) => link.pathname === focused)?.focus();
  } catch ({ message }) {
    complain(message);
  }
}

function rowsOf(desk) {
  const name = made("th", { scope: "row" }, desk.page ? made("a", { href: desk.page, textContent: desk.name }) : desk.name);
  const trouble = (colSpan) => made("td", { colSpan, className: "wrong", textContent: desk.trouble });
  if (!desk.waiting) return [made("tr", {}, name, trouble(7))];
  const { waiting, late, first, last_run, inbox } = desk;
  const cells = [
    ...[waiting.answer, waiting.seller, waiting.buyer].map((each) => count(last_run ? each : "")),
    count(last_run ? late : "", late ? "late" : ""),
    made("td", { className: late ? "late" : "", textContent: first ?? "" }),
    count(inbox || ""),
    made("td", { textContent: last_run ? last_run.slice(5, 16).replace("T", " ") : words.desks_never }),
  ];
  const row = made("tr", {}, name, ...cells);
  return desk.trouble ? [row, made("tr", {}, trouble(8))] : [row];
}

const count = (textContent, className = "") => made("td", { className: `count ${className}`, textContent });

stayAlive(show, () => {});
