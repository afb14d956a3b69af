// Begins a run, shows how far it is, and what came of it.
import { ask, tell } from "./api.js";
import { by, made } from "./dom.js";
import { words } from "./words.js";

const PAUSE = 250; // milliseconds between two looks at a run

function say(lines, kind = "") {
  by("said").replaceChildren(...lines.map((line) => made("p", { textContent: line, className: kind })));
}

function showProgress(progress) {
  by("progress").hidden = false;
  by("stage").textContent = words[progress?.stage] ?? words.running;
  if (progress?.of) Object.assign(by("bar"), { max: progress.of, value: progress.done });
  else by("bar").removeAttribute("value");
}

async function ended(number) {
  for (;;) {
    const run = await ask(`/api/run/${number}`);
    if (run.state !== "working") return run;
    showProgress(run.progress);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

export async function run(options = {}) {
  by("run").disabled = true;
  by("password").hidden = by("clock-right").hidden = true;
  by("see-today").hidden = true;
  say([]);
  showProgress(null);
  try {
    const { state, outcome, error } = await ended((await tell("/api/run", options)).number);
    if (state === "done") say(outcome.lines);
    else refused(error);
    by("see-today").hidden = state !== "done";
  } catch (refusal) {
    say([refusal.message], "wrong");
  }
  by("progress").hidden = true;
  by("run").disabled = false;
}

function refused({ code, message }) {
  say(message.split("\n"), "wrong");
  by("clock-right").hidden = code !== "clock_in_doubt";
  by("password").hidden = !["password_needed", "no_password_to_lock_with"].includes(code);
  if (!by("password").hidden) by("password-text").focus();
}

export function listenForRuns(afterwards) {
  const begin = (options) => run(options).then(afterwards);
  by("run").addEventListener("click", () => begin({}));
  by("clock-right").addEventListener("click", () => begin({ clock_is_right: true }));
  by("password").addEventListener("submit", async (event) => {
    event.preventDefault();
    const told = { password: by("password-text").value, keep: by("keep").checked };
    by("password-text").value = "";
    try {
      const { kept } = await tell("/api/password", told);
      await begin({});
      if (told.keep && !kept) by("said").append(made("p", { textContent: words.not_kept }));
    } catch (refusal) {
      say([refusal.message], "wrong");
    }
  });
}
