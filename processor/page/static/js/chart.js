// Lines over days, drawn for the room that there is; whoever cannot see them has the same numbers in a table.
import { made } from "./dom.js";
import { dayOf } from "./sheet.js";

const SVG = "http://www.w3.org/2000/svg";
const EVERY = 7; // days between two names of days

function drawn(tag, attributes, textContent = "") {
  const element = Object.assign(document.createElementNS(SVG, tag), { textContent });
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

export function lineChart({ title, alt, category, lines, ceiling }, { columns, rows }) {
  const at = (name) => columns.findIndex((column) => column.name === name);
  const series = lines.map((name) => ({ header: columns[at(name)].header, values: rows.map((row) => row[at(name)]) }));
  const days = rows.map((row) => dayOf(row[at(category)]));
  const svg = drawn("svg", { role: "img", "aria-label": alt });
  const legend = series.map(({ header }, place) => {
    const sample = drawn("svg", { class: "sample", "aria-hidden": "true" });
    sample.append(drawn("line", { class: `line line-${place}`, x1: 0, x2: "100%", y1: "50%", y2: "50%" }));
    return made("li", {}, sample, header);
  });
  new ResizeObserver(() => draw(svg, series, days, ceiling)).observe(svg);
  return made("figure", {}, made("figcaption", { textContent: title }), svg, made("ul", { className: "legend" }, ...legend));
}

function draw(svg, series, days, ceiling) {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const [width, height] = [svg.clientWidth, svg.clientHeight];
  const [left, bottom] = [3 * rem, height - 1.75 * rem];
  const most = Math.min(ceiling, Math.max(1, ...series.flatMap(({ values }) => values)));
  const x = (place) => left + (place * (width - left - rem)) / Math.max(1, days.length - 1);
  const y = (value) => bottom - (Math.min(value, most) * (bottom - rem)) / most;
  const limit = series.at(-1).values[0];
  const parts = [...new Set([0, limit, most])].flatMap((value) => [
    drawn("line", { class: "grid", x1: left, x2: width - rem, y1: y(value), y2: y(value) }),
    drawn("text", { x: left - rem / 2, y: y(value) + rem / 3, "text-anchor": "end" }, value.toLocaleString()),
  ]);
  const wide = 5 * rem; // of a day's name
  const every = Math.max(EVERY, Math.ceil((wide * days.length) / (width - left) / EVERY) * EVERY);
  days.forEach((day, place) => {
    if (place % every === 0) parts.push(drawn("text", { x: x(place), y: height - rem / 3, "text-anchor": place ? "middle" : "start" }, day));
  });
  series.forEach(({ values }, place) => {
    const points = values.map((value, day) => `${x(day)},${y(value)}`).join(" ");
    parts.push(drawn("polyline", { class: `line line-${place}`, points }));
  });
  svg.replaceChildren(...parts);
}
