// One item: its name, the picture of it, the value to check, correct and copy, and what speaks against it.
import { certaintyOf, contradictionOf } from "./certainty.js";
import { copy } from "./copying.js";
import { button, make } from "./dom.js";
import { locale, say } from "./words.js";

const DOUBTED = 0.9;  // characters less probable than that are asked about
const MOST_DOUBTED = 4;
const CHINESE = ["Chinese name", "Chinese birth place", "Chinese issue place", "Chinese authority"];

export const valueOf = (entry, item) => entry.corrections.get(item.name) ?? item.value;

/** The fifteen items, and what the passport shows in Chinese characters. */
export function shownItems(reading) {
  const shown = CHINESE.filter((name) => reading[name.replaceAll(" ", "_").toLowerCase()]?.value);
  return [...reading.items, ...shown.map((name) => ({
    ...reading[name.replaceAll(" ", "_").toLowerCase()],
    name, item: "", source: "VIZ", printed: "", date: null, characters: [],
  }))];
}

/** `changed` is called when the value was corrected. */
export function itemRow(entry, item, crop, changed) {
  const name = say(`item.${item.name}`);
  const id = `item-${item.name.replaceAll(" ", "-")}`;
  const badge = make("span", { class: "badge" });
  const notes = make("div", { class: "notes" });
  const value = make("textarea", {
    id, value: valueOf(entry, item), rows: 1, spellcheck: false, autocomplete: "off", autocapitalize: "characters",
    "aria-describedby": `${id}-badge ${id}-notes`,
    placeholder: item.value ? "" : say("missing"),
  });
  badge.id = `${id}-badge`;
  notes.id = `${id}-notes`;
  const row = make("li", { class: "item" },
    make("label", { htmlFor: id }, name),
    crop ? make("img", { src: crop, alt: say("cropOf", { name }), class: "crop" }) : null,
    value, badge, notes,
    button(say("copy"), () => copy(value.value, name), { class: "quiet copy", "aria-label": say("copyItem", { name }) }));
  row.dataset.item = item.name;

  const set = (text) => {
    value.value = text;
    keep(entry, item, text);
    refresh();
    changed();
  };
  const refresh = () => {
    const certainty = entry.corrections.has(item.name) ? "corrected" : certaintyOf(item, entry.reading);
    row.className = `item ${certainty} ${item.name.startsWith("MRZ") ? "line" : ""}`;
    badge.textContent = badgeText(certainty, item);
    notes.replaceChildren(...noteParts(entry, item, set));
  };
  value.addEventListener("input", () => { keep(entry, item, value.value); refresh(); fitHeight(value); changed(); });
  value.addEventListener("keydown", (event) => moveOn(event, () => set(item.value)));
  refresh();
  return row;
}

function keep(entry, item, text) {
  if (text === item.value) entry.corrections.delete(item.name);
  else entry.corrections.set(item.name, text);
}

function badgeText(certainty, item) {
  const percent = (Math.floor(item.confidence * 1000) / 10).toLocaleString(locale());
  return certainty === "missing" || certainty === "differs" || certainty === "corrected"
    ? say(certainty) : `${say(certainty)} · ${say("percent", { percent })}`;
}

function noteParts(entry, item, set) {
  const found = contradictionOf(item, entry.reading);
  const corrected = entry.corrections.has(item.name);
  return [
    found ? bothValues(found, item, valueOf(entry, item), set) : null,
    corrected ? make("p", {}, say("was", { text: item.value || say("nothing") }), " ",
      button(say("undo"), () => set(item.value), { class: "quiet" })) : null,
    !corrected && !found && item.date ? make("p", {}, dateText(item.date)) : null,
    !corrected && !found && item.printed && !item.date && item.printed !== item.value
      ? make("p", {}, say("asPrinted", { text: item.printed })) : null,
    corrected ? null : doubts(item, set),
  ].filter(Boolean);
}

/** Both readings side by side, alike: which one is right is for a person with the document to say. */
function bothValues(found, item, value, set) {
  const choice = (words, text, confidence) => {
    const percent = say("percent", { percent: Math.floor(confidence * 100) });
    const chosen = button("", () => set(text), { "aria-pressed": String(text === value) });
    const date = item.name.endsWith("date") ? shortDate(text) : "";
    chosen.append(make("small", {}, `${say(words)} · ${percent}`), make("span", {}, text || say("nothingThere")));
    if (date) chosen.append(make("small", {}, date));
    return chosen;
  };
  return make("div", { class: "both", role: "group", "aria-label": say("chooseValue") },
    make("p", {}, say("chooseValue")),
    choice("inMrz", found.mrz, found.mrz_confidence),
    choice("inVisual", found.printed, found.printed_confidence));
}

function doubts(item, set) {
  const { characters, value } = item;
  if (characters.map((one) => one.character).join("") !== value) return null;
  const doubted = characters
    .map((one, index) => ({ ...one, index, other: one.alternatives[0]?.[0] }))
    .filter((one) => one.probability < DOUBTED && one.other !== undefined);
  if (!doubted.length) return null;
  const swaps = doubted.slice(0, MOST_DOUBTED).map(({ index, character, other }) => {
    const given = { position: index + 1, from: character, to: other };
    const swapped = value.slice(0, index) + other + value.slice(index + 1);
    return button(say("swap", given), () => set(swapped), { class: "quiet", "aria-label": say("swapLabel", given) });
  });
  return make("div", { class: "doubts", role: "group", "aria-label": say("unsure") }, ...swaps);
}

function dateText(iso) {
  const style = { dateStyle: "long", timeZone: "UTC" };
  return new Intl.DateTimeFormat(locale(), style).format(new Date(iso));
}

/** A date without its century, YYMMDD, in words; "" where it is none. */
function shortDate(text) {
  const [, year, month, day] = /^(\d\d)(\d\d)(\d\d)$/.exec(text) ?? [];
  if (!year) return "";
  const date = new Date(Date.UTC(2000 + Number(year), month - 1, day));
  const style = { day: "numeric", month: "long", year: "2-digit", timeZone: "UTC" };
  return date.getUTCMonth() === month - 1 ? new Intl.DateTimeFormat(locale(), style).format(date) : "";
}

/** Arrows and Enter go from row to row, Escape takes a correction back. */
function moveOn(event, undo) {
  const { target } = event;
  const step = { ArrowUp: -1, ArrowDown: 1, Enter: 1 }[event.key];
  if (event.key === "Escape") undo();
  if (step === undefined || event.isComposing || event.altKey || event.shiftKey) return;
  if (event.key !== "Enter" && target.scrollHeight > 2 * parseFloat(getComputedStyle(target).lineHeight) + 12) return;
  event.preventDefault();
  const all = [...document.querySelectorAll(".item textarea")];
  all[all.indexOf(target) + step]?.focus();
}

/** As high as its text. */
export function fitHeight(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}
