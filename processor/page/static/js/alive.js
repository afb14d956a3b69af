// Tells the server that this tab is there, and hears what has changed and what has arrived.
import { tell } from "./api.js";

const EVERY = 5_000; // milliseconds; in the background browsers make a minute of it, and later an eternity
const tab = crypto.randomUUID();
let leaving = false;

export async function stayAlive(changed, arrived) {
  let seen;
  const look = async () => {
    try {
      const told = await tell("api/alive", { tab, hidden: document.hidden });
      const now = `${told.changes}/${told.elsewhere}`;
      arrived(told);
      if (now !== seen) await changed(); // also at first, so that nothing is missed between two answers
      seen = now;
    } catch {
      // the sentence stands on the page already; perhaps it answers again
    }
  };
  addEventListener("pagehide", () => {
    leaving = true;
    navigator.sendBeacon("api/alive", JSON.stringify({ tab, left: true }));
  });
  addEventListener("pageshow", () => (leaving = false));
  // In the background this tab may be silent for hours, so the server must know; and who comes back sees the desk as it is.
  document.addEventListener("visibilitychange", () => leaving || look());
  for (;;) {
    await look();
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  }
}
