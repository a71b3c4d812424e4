// What a person should look at before the items: warnings with advice, and each check digit.
import { certaintyOf } from "./certainty.js";
import { make } from "./dom.js";
import { listed, say } from "./words.js";

export function summary(entry) {
  const { items, warnings } = entry.reading;
  const found = items.filter((item) => item.value).length;
  const lookAt = items.filter((item) => ["differs", "doubtful"].includes(certaintyOf(item, entry.reading)));
  const names = listed(lookAt.map((item) => say(`item.${item.name}`)));
  const rest = lookAt.length ? say("compare", { items: names }) : say(warnings.length ? "" : "allSure");
  return make("p", { class: "summary" }, make("strong", {}, say("summary", { found })), " ", rest);
}

export function warnings(entry) {
  const told = entry.reading.warnings;
  if (!told.length) return null;
  return make("section", { class: "warnings" },
    make("h3", {}, say("warnings")),
    make("ul", {}, ...told.map((warning) => make("li", {}, adviceOf(warning, entry.reading)))));
}

export function adviceOf(warning, reading) {
  const names = reading.items.filter((item) => warning.items.includes(item.item)).map((item) => say(`item.${item.name}`));
  const advice = say(`warning.${warning.warning}`, { items: listed(names) }) || warning.advice;
  return advice.charAt(0).toUpperCase() + advice.slice(1);
}

export function checks(entry) {
  const all = entry.reading.mrz.checks;
  return make("section", { class: "checks" },
    make("h3", {}, say("checks")),
    all.length ? make("ul", {}, ...all.map(checkRow)) : make("p", {}, say("noChecks")));
}

function checkRow(check) {
  const name = say(`check.${check.covers}`) || check.covers;
  const kind = !check.ok ? "wrong" : check.repaired ? "repaired" : "ok";
  const key = { ok: "checkOk", repaired: "checkRepaired", wrong: "checkWrong" }[kind];
  return make("li", { class: kind }, say(key, { name, printed: check.printed, computed: check.computed }));
}
