// Tells answers in the order in which they were given, while the seller goes on; each can be taken back.
import { tell } from "./api.js";
import { complain, notify } from "./notice.js";
import { words } from "./words.js";

export const RESULT = "처리결과"; // as rules.yaml and the workbook have it, in every language
export const [DONE, HELD, FAILED] = ["완료", "보류", "실패"];
const NOT_YET = "아직"; // takes the others back

const waiting = []; // to be told
const told = []; // what can be taken back, also of what still waits, the last at the end; the name comes when it is told
const busy = new Set(); // numbers of orders of which something is being told
let working = false;
let afterwards = async () => {};

export const isBusy = (number) => busy.has(number);

// afterwards: shows the list that it is given, when all has been told
export function listenForAnswers(show) {
  afterwards = show;
}

// Tells that `cell` of these orders is `value`. said: what has happened, in a sentence
export function answer({ orders, cell, value, said }) {
  const what = `${cell}\n${value}`;
  const one = { orders, what, name: null };
  told.push(one);
  give({
    orders,
    what,
    tell: (numbers) => tell("api/answer", { orders: numbers, cells: { [cell]: value } }),
    then: (name) => {
      one.name = name;
      notify(said, takeBack);
    },
    forget: () => remove(one),
    again: () => answer({ orders, cell, value, said }),
  });
}

// Takes back what was told last, as if it had never been told.
export function takeBack() {
  const last = told.pop();
  if (last) back(last);
  else notify(words.nothing_to_take_back);
}

// The same for what a file told of an order, at whatever time of this day.
export function takeBackOf(order, name) {
  for (const each of told) if (each.name === name) each.orders = each.orders.filter((number) => number !== order);
  for (const each of told.filter(({ orders }) => !orders.length)) remove(each);
  back({ orders: [order], name });
}

// Takes back that an order was done. Where this tab has not told it, it is told otherwise.
export function takeBackDone(number, said) {
  const done = told.findLast(({ what, orders }) => what === `${RESULT}\n${DONE}` && orders.includes(number));
  if (done?.name) takeBackOf(number, done.name);
  else answer({ orders: [number], cell: RESULT, value: NOT_YET, said });
}

function remove(one) {
  if (told.includes(one)) told.splice(told.indexOf(one), 1);
}

function back(one) {
  give({
    orders: one.orders,
    what: one,
    tell: async (orders) => (one.name ? tell("api/take_back", { orders, told: one.name }) : {}), // it was refused itself
    then: () => notify(words.taken_back, told.length ? takeBack : null),
    forget: () => told.push(one),
    again: takeBack,
  });
}

function give(entry) {
  for (const number of entry.orders) busy.add(number);
  waiting.push(entry);
  if (!working) work();
}

// Answers that say the same are told together.
async function work() {
  working = true;
  while (waiting.length) {
    const others = waiting.findIndex(({ what }) => what !== waiting[0].what);
    const alike = waiting.splice(0, others < 0 ? waiting.length : others);
    const orders = [...new Set(alike.flatMap((each) => each.orders))];
    let today;
    try {
      const done = await alike[0].tell(orders);
      today = done.today;
      for (const { then } of alike) then(done.told);
    } catch (refusal) {
      for (const { forget } of alike) forget();
      complain(refusal.message, () => alike.forEach(({ again }) => again()));
    }
    for (const number of orders) busy.delete(number);
    if (!waiting.length) await afterwards(today);
  }
  working = false;
}
