// A sheet of the workbook on the page: its lines and tables, with numbers and days as the reader writes them.
import { addressOf, day, nameOf } from "./day.js";
import { made, para } from "./dom.js";
import { lang, words } from "./words.js";

const NUMBERS = ["count", "won", "krw", "ratio"];
const days = new Intl.DateTimeFormat(lang, { month: "numeric", day: "numeric", weekday: "short" });

export const partsOf = (blocks) => blocks.map(partOf).filter(Boolean);

// A chart has no part: what it draws stands in its table.
export function partOf({ kind, text, tone, columns, rows }) {
  if (kind === "table") return table(columns, rows);
  if (kind !== "line") return null;
  return para(text, { title: "headline", heading: "strong", warning: "wrong" }[tone] ?? "");
}

export const dayOf = (value) => days.format(new Date(`${value}T00:00`));

function cell(value, look) {
  if (value === null || value === "") return "";
  if (look === "order") return made("a", { href: `#order/${value}`, textContent: value });
  if (look === "sheet") return outcome(value);
  if (look === "day" && /^\d{4}-\d\d-\d\d$/.test(value)) return dayOf(value);
  if (typeof value !== "number") return value;
  if (look === "ratio") return value.toLocaleString(lang, { style: "percent", maximumFractionDigits: 1 });
  const said = value.toLocaleString(lang);
  return { won: `${said}원`, krw: `₩${said}` }[look] ?? said;
}

// The name of a list, which leads to it while there is anything in it.
function outcome(action) {
  const textContent = nameOf(action);
  const there = day().list?.outcomes.some((each) => each.action === action);
  return there ? made("a", { href: addressOf(action), textContent }) : textContent;
}

function table(columns, rows) {
  const className = (look) => (NUMBERS.includes(look) ? `number ${look}` : look);
  const heads = columns.map(({ header, look }) => made("th", { scope: "col", textContent: look === "sheet" ? words.points_task : header, className: className(look) }));
  const lines = rows.map((row) =>
    made("tr", {}, ...row.map((value, at) => made("td", { className: className(columns[at].look) }, cell(value, columns[at].look)))),
  );
  const whole = made("table", {}, made("thead", {}, made("tr", {}, ...heads)), made("tbody", {}, ...lines));
  return made("div", { className: "scrolled", tabIndex: 0, role: "group", ariaLabel: columns.map(({ header }) => header).join(", ") }, whole);
}
