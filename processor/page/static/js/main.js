import { stayAlive } from "./alive.js";
import { listenForAnswers } from "./answering.js";
import { listenForCorrections } from "./correcting.js";
import { loadDay } from "./day.js";
import { showFees } from "./fees.js";
import { listenForFiles, showFiles } from "./files.js";
import { listenForSearch } from "./find.js";
import { listenForHistory, showHistory } from "./history.js";
import { listenForAllKeys } from "./keys.js";
import { listenForMessages, showMessages } from "./messages.js";
import { listenForFirstRun, showFirstRun } from "./first_run.js";
import { complain } from "./notice.js";
import { listenForOrder, showOrder } from "./order.js";
import { showPoints } from "./points.js";
import { listenForPractice } from "./practice.js";
import { listenForRules, showRules } from "./rules.js";
import { listenForRuns } from "./run.js";
import { addScreen, listenForScreens, refresh } from "./screens.js";
import { listenForSettings, showSettings } from "./settings.js";
import { listenForLessons, showTeach } from "./teach.js";
import { listenForTidying, showTidy } from "./tidy.js";
import { listenForToday, showToday } from "./today.js";
import { listenForUpgrade, showUpgrade } from "./upgrade.js";
import { listenForWatch, showArrivals, showWatch } from "./watch.js";
import { listenForWorkbooks } from "./workbook.js";

// A day that cannot be told, as with a broken rules.yaml, hinders no screen that can do without it.
// list: of the day, if it has just come with an answer
async function showAll(list) {
  const refusals = [];
  for (const part of [() => loadDay(list), refresh, showFirstRun]) await part().catch((refusal) => refusals.push(refusal.message));
  if (refusals.length) complain([...new Set(refusals)].join("\n"));
}

const show = () => showAll();

addScreen("today", showToday);
addScreen("order", showOrder);
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
listenForAnswers(showAll);
listenForRules();
listenForTidying();
listenForHistory();
listenForUpgrade();
listenForSettings(show);
listenForMessages();
listenForToday();
listenForOrder();
listenForSearch();
listenForAllKeys();
listenForPractice();
listenForFirstRun(show);
listenForWatch();
listenForWorkbooks();
stayAlive(show, showArrivals);
