import { stayAlive } from "./alive.js";
import { listenForFiles, showFiles } from "./files.js";
import { showOpenWork } from "./open_work.js";
import { listenForRuns } from "./run.js";
import { listenForAnswers, showToday } from "./today.js";
import { by, made } from "./dom.js";

async function show() {
  const refusals = await Promise.allSettled([showFiles(), showOpenWork(), showToday()]);
  const wrong = refusals.filter(({ status }) => status === "rejected").map(({ reason }) => reason.message);
  const lines = [...new Set(wrong)].map((line) => made("p", { textContent: line, className: "wrong" }));
  if (lines.length) by("said").replaceChildren(...lines);
}

listenForFiles();
listenForRuns(show);
listenForAnswers(show);
stayAlive(show);
