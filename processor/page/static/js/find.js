// Finds an order of the day while a seller types: by its numbers, product or option, whatever is to be done with it.
import { day, nameOf, ordersOf } from "./day.js";
import { by, filled, made } from "./dom.js";
import { listenForKeys } from "./keys.js";
import { goodsOf } from "./rows.js";
import { goTo } from "./screens.js";
import { words } from "./words.js";

const MOST = 50; // results that are shown
let known = []; // each order with what is searched

function open() {
  const { outcomes, done } = day().list ?? { outcomes: [], done: [] };
  const waiting = outcomes.flatMap((outcome) => ordersOf(outcome).map((order) => ({ order, name: nameOf(outcome.action) })));
  known = [...waiting, ...done.map((order) => ({ order, name: words.done }))].map((each) => ({ ...each, text: searched(each.order) }));
  by("find-dialog").showModal();
  by("find-text").select();
  show();
}

const plain = (text) => text.normalize("NFKC").toLowerCase();
const searched = ({ number, order_no, product, option }) => plain([number, order_no, product, option].join(" "));

function show() {
  const asked = plain(by("find-text").value).split(/\s+/).filter(Boolean);
  const found = asked.length ? known.filter(({ text }) => asked.every((word) => text.includes(word))) : [];
  by("find-results").replaceChildren(...found.slice(0, MOST).map(resultOf));
  const n = found.length.toLocaleString();
  const said = !found.length ? words.found_none : filled(found.length > MOST ? words.found_more : words.found, { n, most: MOST });
  by("find-said").textContent = asked.length ? said : "";
  mark(by("find-results").firstElementChild);
}

function resultOf({ order, name }, place) {
  const result = made("li", { id: `find-${place}`, role: "option" });
  result.append(made("span", { textContent: name }), made("strong", { textContent: goodsOf(order) }), order.number);
  result.dataset.number = order.number;
  return result;
}

const marked = () => by("find-results").querySelector("[aria-selected=true]");

function mark(result) {
  marked()?.setAttribute("aria-selected", "false");
  result?.setAttribute("aria-selected", "true");
  result?.scrollIntoView({ block: "nearest" });
  by("find-text").setAttribute("aria-activedescendant", result?.id ?? "");
}

function go(result) {
  if (!result) return;
  by("find-dialog").close();
  goTo("order", result.dataset.number);
}

function typed(event) {
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.code];
  if (step) mark(marked()?.[step] ?? marked());
  else if (event.code.endsWith("Enter") && !event.isComposing) go(marked());
  else return;
  event.preventDefault();
}

export function listenForSearch() {
  by("find").addEventListener("click", open);
  by("find-text").addEventListener("input", show);
  by("find-text").addEventListener("keydown", typed);
  by("find-results").addEventListener("click", ({ target }) => go(target.closest("li")));
  listenForKeys("", { "Ctrl+KeyK": open });
}
