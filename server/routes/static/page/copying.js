// Copying to the clipboard. Over plain http browsers offer the old way only.
import { byId, make } from "./dom.js";
import { say } from "./words.js";

export async function copy(text, name) {
  if (navigator.clipboard) await navigator.clipboard.writeText(text).catch(() => oldWay(text));
  else oldWay(text);
  byId("status").classList.remove("unseen");
  byId("status").replaceChildren(make("span", {}, name ? say("copied", { name }) : say("copiedAll")));
}

function oldWay(text) {
  const area = make("textarea", { value: text, class: "unseen" });
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
