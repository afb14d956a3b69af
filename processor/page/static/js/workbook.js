// The list of the day as a workbook, which is written when it is asked for, if answers were told since the newest one.
import { tell } from "./api.js";
import { by } from "./dom.js";
import { complain } from "./notice.js";

export function listenForWorkbooks() {
  by("newest").addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      const { run } = await tell("api/list_anew");
      location.assign(`workbook/${run}`);
    } catch (refusal) {
      complain(refusal.message);
    }
  });
}
