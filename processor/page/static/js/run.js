// Begins a run, shows how far it is, and what came of it.
import { ask, tell } from "./api.js";
import { by, filled, made } from "./dom.js";
import { words } from "./words.js";

const PAUSE = 250; // milliseconds between two looks at a run
let meant = {}; // the options of the run that was asked for last, for when it is asked for again
let shown = 0; // the number of the run that is shown
let afterwards = async () => {};

function say(lines, kind = "") {
  by("said").replaceChildren(...lines.map((line) => made("p", { textContent: line, className: kind })));
}

function showProgress(progress) {
  by("progress").hidden = false;
  by("stage").textContent = words[progress?.stage] ?? words.running;
  if (progress?.of) Object.assign(by("bar"), { max: progress.of, value: progress.done });
  else by("bar").removeAttribute("value");
}

// What came of something that was begun under a number; until then its progress is heard.
export async function ended(name, number, heard) {
  for (;;) {
    const run = await ask(`api/${name}/${number}`);
    if (run.state !== "working") return run;
    heard(run.progress);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

export async function begin(options) {
  meant = options;
  try {
    const { number } = await tell("api/run", options);
    await follow(number);
  } catch (refusal) {
    refused(refusal);
  }
}

async function follow(number) {
  shown = number;
  for (const id of ["password", "clock-right", "run-again", "see-today"]) by(id).hidden = true;
  by("run").disabled = by("run-anyway").disabled = true;
  by("arriving").textContent = "";
  say([]);
  showProgress(null);
  let run;
  try {
    run = await ended("run", number, showProgress);
    show(run);
  } catch (refusal) {
    refused(refusal);
  } finally {
    by("progress").hidden = true;
    by("run").disabled = by("run-anyway").disabled = false;
  }
  await afterwards();
  if (run && shown === number) offerToday(run); // not before the list is that of this run
}

function offerToday({ state }) {
  by("see-today").hidden = state !== "done";
}

// The newest run, also one of another window or of before a reload.
export async function showNewestRun() {
  const newest = await ask("api/run");
  if (newest.state === "none" || newest.number === shown) return;
  if (newest.state === "working") follow(newest.number);
  else {
    shown = newest.number;
    show(newest);
    offerToday(newest);
  }
}

function show({ state, outcome, error }) {
  if (state === "done") {
    told(outcome);
    by("arrivals").querySelector(".new")?.remove(); // it has looked at them; the next look around would say so in a moment
  } else refused({ code: error.code, message: error.message, details: error });
}

// First the outcome in half a line and what must be known before anything is done; all that the terminal says is folded.
function told({ in_short, lines, message }) {
  const first = lines.filter((line) => line.startsWith("! ")).map((line) => line.slice(2));
  const rest = lines.filter((line) => !line.startsWith("! "));
  const details = made("details", {}, made("summary", { textContent: words.details }), ...rest.map((line) => made("p", { textContent: line })));
  by("said").replaceChildren(
    made("p", {}, made("strong", { textContent: message ?? in_short })),
    ...first.map((line) => made("p", { className: "wrong", textContent: line })),
    details,
  );
}

function refused({ code, message, details = {} }) {
  const time = (moment) => moment?.slice(0, 16).replace("T", " ");
  if (code === "clock_in_doubt")
    say([filled(words.clock_in_doubt, { last: time(details.last_run), now: time(details.as_of) })], "wrong");
  else if (code === "password_needed")
    say([filled(words.passwords_first, { files: details.problem_list.map(({ file }) => file).join(", ") })], "wrong");
  else say(message.split("\n"), "wrong");
  by("clock-right").hidden = code !== "clock_in_doubt";
  by("password").hidden = code !== "no_password_to_lock_with";
  by("run-again").hidden = code === "no_password_to_lock_with";
  if (code === "no_password_to_lock_with") by("password-text").focus();
  if (code === "password_needed") document.querySelector("#lying input[type=password]")?.focus();
}

export function listenForRuns(refresh) {
  afterwards = refresh;
  for (const id of ["run", "run-anyway"]) by(id).addEventListener("click", () => begin({}));
  by("run-again").addEventListener("click", () => begin(meant));
  by("clock-right").addEventListener("click", () => begin({ ...meant, clock_is_right: true }));
  by("password").addEventListener("submit", async (event) => {
    event.preventDefault();
    const typed = { password: by("password-text").value, keep: by("keep").checked };
    by("password-text").value = "";
    try {
      const { kept } = await tell("api/password", typed);
      await begin(meant);
      if (typed.keep && !kept) by("said").append(made("p", { textContent: words.not_kept }));
    } catch (refusal) {
      say([refusal.message], "wrong");
    }
  });
}
