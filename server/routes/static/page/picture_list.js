// The list of pictures, where there are several, and the line that says what is going on.
import { button, byId, make } from "./dom.js";
import { certaintyOf } from "./certainty.js";
import { say } from "./words.js";

const nav = byId("pictures");
const status = byId("status");
const UNDER_WAY = new Set(["waiting", "shrinking", "sending", "reading", "busy"]);

export function listPictures(queue) {
  nav.hidden = queue.entries.length < 2;
  nav.replaceChildren(make("ul", {}, ...queue.entries.map((entry) => row(queue, entry))));
  nav.append(button(say("clear"), () => queue.clear(), { class: "quiet" }));
}

function row(queue, entry) {
  const shown = button(entry.name, () => queue.show(entry), {
    class: "name",
    "aria-current": entry === queue.current ? "true" : undefined,
  });
  const state = UNDER_WAY.has(entry.state) && entry.state !== "waiting" ? "…" : say(entry.state);
  shown.append(make("small", { class: entry.state }, state));
  const remove = button("×", () => queue.remove(entry), { class: "quiet", "aria-label": say("remove", { name: entry.name }) });
  return make("li", {}, shown, remove);
}

/** What happens to `entry`, said once a change: the line is read out by screen readers. */
export function tellStatus(queue, entry) {
  const bar = progressOf(entry);
  status.classList.toggle("unseen", !bar && queue.entries.length < 2);  // what it says then stands beside the picture
  const words = textOf(entry);
  const many = queue.entries.length > 1 && entry;
  const which = many ? say("ofMany", { index: queue.entries.indexOf(entry) + 1, count: queue.entries.length }) : "";
  const text = [which, words].filter(Boolean).join(" · ");
  if (status.firstChild?.textContent !== text || !bar !== !status.querySelector("progress")) {
    status.replaceChildren(make("span", {}, text), ...(bar ? [bar] : []));
  } else if (bar) {
    status.querySelector("progress").replaceWith(bar);
  }
}

function textOf(entry) {
  if (!entry) return "";
  if (entry.state === "failed") return say("failedTitle", { name: entry.name });
  if (entry.state !== "read") return entry.state === "waiting" ? say("waiting") : say(entry.state, { name: entry.name });
  const found = entry.reading.items.filter((item) => item.value).length;
  const compare = entry.reading.items.filter((item) => certaintyOf(item, entry.reading) === "differs").length;
  return say(compare ? "doneCompare" : "done", { name: entry.name, found, compare });
}

function progressOf(entry) {
  if (!entry || !UNDER_WAY.has(entry.state)) return null;
  const bar = make("progress", { "aria-label": textOf(entry) });
  if (entry.state === "sending") bar.value = entry.sent;
  return bar;
}
