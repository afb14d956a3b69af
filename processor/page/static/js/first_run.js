// The five cards of the first run: above today's list of a new desk, until each is answered or put off.
import { ask, tell } from "./api.js";
import { day } from "./day.js";
import { by, made } from "./dom.js";
import { complain, notify } from "./notice.js";
import { begin } from "./run.js";
import { goTo } from "./screens.js";
import { words } from "./words.js";

let open = null; // the cards that are left; null: not asked yet
let afterwards = async () => {};

export function listenForFirstRun(refresh) {
  afterwards = refresh;
  addEventListener("hashchange", place);
  for (const card of document.querySelectorAll("#first-run .card")) {
    const later = card.querySelector(".later");
    later.setAttribute("aria-describedby", `${card.id}-title`);
    later.addEventListener("click", () => answer(card.id.replace("card-", "")));
  }
  by("first-own-files").addEventListener("click", () => answer("practice").then(() => goTo("files")));
  by("first-settings-set").addEventListener("click", () => goTo("settings", "first"));
  by("first-orders-add").addEventListener("click", () => goTo("files"));
  by("first-password").addEventListener("submit", givePassword);
  by("first-orders").addEventListener("submit", beginWithOrders);
  by("first-points").addEventListener("submit", notePoints);
  by("first-points-stage").addEventListener("change", () => (by("first-points-since-when").hidden = !isSanctioned()));
}

// A desk is new until its first run; whoever has begun to answer is asked the rest later too.
export async function showFirstRun() {
  const { status } = day();
  if (open?.length === 0 || (open === null && !status)) return;
  const { cards, answered } = await ask("api/first_run");
  const isNew = status?.last_run === null;
  open = isNew || answered.length ? cards.filter((card) => !answered.includes(card)) : [];
  for (const card of cards) by(`card-${card}`).hidden = !open.includes(card);
  if (open.includes("orders")) await showOrders(isNew);
  if (open.includes("points") && !by("first-points-stage").length) await showStages();
  place();
}

const place = () => (by("first-run").hidden = !open?.length || by("today").hidden);

async function showOrders(isNew) {
  const { files } = await ask("api/files");
  by("card-orders").hidden = !isNew;
  by("first-orders-none").hidden = by("first-orders-add").hidden = files.length > 0;
  by("first-orders-choice").hidden = by("first-orders-go").hidden = !files.length;
}

async function showStages() {
  const { stages } = await ask("api/settings");
  const nothing = { word: "", said: words.settings_not_told };
  by("first-points-stage").replaceChildren(
    ...[nothing, ...stages].map(({ word, said }) => made("option", { value: word, textContent: said })),
  );
}

// Focus goes to the next card, since the button that was pressed is gone.
export async function answer(card) {
  if (!open?.includes(card)) return;
  try {
    await tell("api/answer_card", { card });
    await showFirstRun();
  } catch (refusal) {
    complain(refusal.message);
    return;
  }
  if (!by("today").hidden) (document.querySelector("#first-run .card:not([hidden]) button") ?? by("today-title")).focus();
}

async function givePassword(event) {
  event.preventDefault();
  const password = by("first-password-text").value;
  try {
    const { kept } = await tell("api/password", { password, keep: by("first-password-keep").checked });
    by("first-password-text").value = "";
    notify(by("first-password-keep").checked && !kept ? words.not_kept : words.first_password_told);
    await answer("password");
  } catch (refusal) {
    complain(refusal.message);
  }
}

async function beginWithOrders(event) {
  event.preventDefault();
  const handled = by("first-orders").elements["first-orders"].value === "done";
  await answer("orders");
  goTo("files");
  await begin(handled ? { catch_up: true } : {});
}

const isSanctioned = () => !["", "없음"].includes(by("first-points-stage").value);

async function notePoints(event) {
  event.preventDefault();
  by("first-points-wrong").textContent = "";
  const told = {
    points: by("first-points-points"),
    ratio_percent: by("first-points-ratio"),
    stage: by("first-points-stage"),
    ...(isSanctioned() && { stage_since: by("first-points-since") }),
  };
  const parts = Object.entries(told).filter(([name, field]) => ["points", "stage_since"].includes(name) || field.value.trim());
  const settings = Object.fromEntries([
    ["penalty_now.day", day().list.as_of.slice(0, 10)],
    ...parts.map(([name, field]) => [`penalty_now.${name}`, field.value.trim()]),
  ]);
  try {
    await tell("api/try_settings", { settings }); // which says at which field something is wrong
    await tell("api/change_settings", { settings });
    notify(words.first_points_saved);
    await answer("points");
    await afterwards();
  } catch ({ code, message, details }) {
    const wrong = code === "wrong_values" ? details.wrong : {};
    by("first-points-wrong").textContent = message;
    for (const [name, field] of Object.entries(told)) field.toggleAttribute("aria-invalid", `penalty_now.${name}` in wrong);
    Object.entries(told).find(([name]) => `penalty_now.${name}` in wrong)?.[1].focus();
  }
}
