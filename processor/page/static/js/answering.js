// Tells answers in the order in which they were given, while the seller goes on; the last can be taken back, one by one.
import { tell } from "./api.js";
import { complain, notify } from "./notice.js";
import { words } from "./words.js";

export const RESULT = "처리결과"; // as rules.yaml and the workbook have it, in every language
export const [DONE, HELD, NOT_YET] = ["완료", "보류", "아직"]; // 아직 takes the others back

const waiting = []; // to be told
const told = []; // how each answer is taken back, also of those that still wait, the last at the end
const busy = new Set(); // numbers of orders of which something is being told
let working = false;
let afterwards = async () => {};

export const isBusy = (number) => busy.has(number);

// afterwards: loads the day and shows it, when all has been told
export function listenForAnswers(show) {
  afterwards = show;
}

// Tells that `cell` of these orders is `value`. said: what has happened, in a sentence. before: what the cell was until now
export function answer({ orders, cell, value, said, before = "" }) {
  const back = { orders, cell, value: before || (cell === RESULT ? NOT_YET : "") };
  told.push(back);
  const forget = () => told.splice(told.indexOf(back), 1);
  give({ orders, cell, value, then: () => notify(said, takeBack), forget });
}

export function takeBack() {
  const last = told.pop();
  const then = () => notify(words.taken_back, told.length ? takeBack : null);
  if (last) give({ ...last, then, forget: () => told.push(last) });
  else notify(words.nothing_to_take_back);
}

function give(entry) {
  for (const number of entry.orders) busy.add(number);
  waiting.push(entry);
  if (!working) work();
}

async function work() {
  working = true;
  while (waiting.length) {
    const { cell, value } = waiting[0];
    const others = waiting.findIndex((each) => each.cell !== cell || each.value !== value);
    const alike = waiting.splice(0, others < 0 ? waiting.length : others);
    const orders = alike.flatMap((each) => each.orders);
    try {
      await tell("/api/answer", { orders, cells: { [cell]: value } });
      for (const { then } of alike) then();
    } catch (refusal) {
      complain(refusal.message);
      for (const { forget } of alike) forget();
    }
    for (const number of orders) busy.delete(number);
    if (!waiting.length) await afterwards();
  }
  working = false;
}
