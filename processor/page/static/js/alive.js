// Tells the server that this tab is there, and hears whether another window has changed anything.
import { tell } from "./api.js";

const EVERY = 15_000; // milliseconds; in a tab in the background browsers make a minute of it

export async function stayAlive(changed) {
  let seen;
  for (;;) {
    try {
      const { changes } = await tell("/api/alive");
      if (changes !== seen) await changed(); // also at first, so that nothing is missed between two answers
      seen = changes;
    } catch {
      // the sentence stands on the page already; perhaps it answers again
    }
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  }
}
