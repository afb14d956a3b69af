import { stayAlive } from "./alive.js";
import { listenForCorrections } from "./correcting.js";
import { loadDay } from "./day.js";
import { showFees } from "./fees.js";
import { listenForFiles, showFiles } from "./files.js";
import { listenForHistory, showHistory } from "./history.js";
import { listenForMessages, showMessages } from "./messages.js";
import { complain } from "./notice.js";
import { showPoints } from "./points.js";
import { listenForPractice } from "./practice.js";
import { listenForRules, showRules } from "./rules.js";
import { listenForRuns } from "./run.js";
import { addScreen, listenForScreens, refresh } from "./screens.js";
import { listenForSettings, showSettings } from "./settings.js";
import { listenForLessons, showTeach } from "./teach.js";
import { listenForTidying, showTidy } from "./tidy.js";
import { listenForAnswers, showToday } from "./today.js";
import { listenForUpgrade, showUpgrade } from "./upgrade.js";
import { listenForWatch, showArrivals, showWatch } from "./watch.js";

// A day that cannot be told, as with a broken rules.yaml, hinders no screen that can do without it.
async function show() {
  const refusals = [];
  for (const part of [loadDay, refresh]) await part().catch((refusal) => refusals.push(refusal.message));
  if (refusals.length) complain([...new Set(refusals)].join("\n"));
}

addScreen("today", showToday);
addScreen("files", showFiles);
addScreen("points", showPoints);
addScreen("fees", showFees);
addScreen("history", showHistory);
addScreen("tidy", showTidy);
addScreen("upgrade", showUpgrade);
addScreen("rules", showRules);
addScreen("teach", showTeach);
addScreen("settings", showSettings);
addScreen("messages", showMessages);
addScreen("watch", showWatch);
listenForScreens(refresh);
listenForFiles();
listenForRuns(show);
listenForCorrections(show);
listenForLessons(show);
listenForAnswers(show);
listenForRules();
listenForTidying();
listenForHistory();
listenForUpgrade();
listenForSettings(show);
listenForMessages();
listenForPractice();
listenForWatch();
stayAlive(show, showArrivals);
