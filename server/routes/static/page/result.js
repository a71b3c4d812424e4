// The result of one picture: summary, findings, portrait and zone, all items, and what can be done with them.
import { button, byId, make } from "./dom.js";
import { faultText } from "./faults.js";
import { checks, summary, warnings } from "./findings.js";
import { fitHeight, itemRow, shownItems, valueOf } from "./item_row.js";
import { copy } from "./copying.js";
import { Picture, blobOf } from "./picture.js";
import { saveCsv, saveJson } from "./save.js";
import { maxBytes } from "./sign_in.js";
import { locale, say } from "./words.js";

const result = byId("result");
const picture = new Picture(byId("seen"), (name) => rowOf(name)?.querySelector("textarea").focus());

const rowOf = (name) => result.querySelector(`[data-item="${name}"]`);

/** Shows the entry of the queue that is looked at: a reading, why there is none, or nothing yet. */
export function showResult(queue) {
  const entry = queue.current;
  const place = byId("reading");
  place.hidden = !entry || !["read", "failed"].includes(entry.state);
  place.classList.toggle("failed", entry?.state === "failed");
  if (place.hidden) result.replaceChildren();
  else if (entry.state === "failed") showFault(queue, entry);
  else showReading(queue, entry);
}

function showFault(queue, entry) {
  const { fault } = entry;
  const text = fault.code === "tooLarge" ? say("tooLarge", { size: megabytes(maxBytes()) }) : faultText(fault);
  const code = Number.isInteger(fault.code) && fault.code ? make("small", {}, say("code", { code: fault.code })) : null;
  entry.url ??= entry.urlOf(entry.file);
  const preview = make("img", { src: entry.url, alt: entry.name, onerror: () => preview.remove() });  // not all can be shown
  result.replaceChildren(make("div", { class: "card failure" },
    make("h2", {}, say("failedTitle", { name: entry.name })),
    make("p", {}, text, " ", code ?? ""),
    make("div", { class: "buttons" },
      button(say("again"), () => queue.again(entry)),
      button(say("removeThis"), () => queue.remove(entry), { "aria-label": say("remove", { name: entry.name }) })),
    preview));
}

const megabytes = (bytes) => `${Math.round(bytes / 1024 / 1024)} MB`;

function showReading(queue, entry) {
  picture.show(entry);
  const crops = cropsOf(entry);
  const rows = shownItems(entry.reading).map((item) => {
    const row = itemRow(entry, item, crops[item.name.toLowerCase().replaceAll(" ", "_")], () => null);
    row.addEventListener("focusin", () => picture.highlight(item.name));
    row.addEventListener("focusout", () => picture.highlight(null));
    row.addEventListener("pointerenter", () => picture.highlight(item.name));
    row.addEventListener("pointerleave", () => picture.highlight(focused()));
    return row;
  });
  byId("parts").replaceChildren(...parts(crops));
  result.replaceChildren(...[
    head(queue, entry),
    summary(entry),
    warnings(entry),
    actions(queue, entry),
    make("h3", { class: "unseen" }, say("items")),
    make("ol", { class: "items" }, ...rows),
    checks(entry),
    make("p", { class: "printed" }, say("printed", { when: new Date().toLocaleString(locale()) })),
  ].filter(Boolean));
  result.querySelectorAll("textarea").forEach(fitHeight);
}

function head(queue, entry) {
  const page = entry.reading.page > 1 ? ` · ${say("page", { page: entry.reading.page })}` : "";
  const remove = button("×", () => queue.remove(entry), {
    class: "quiet remove", "aria-label": say("remove", { name: entry.name }), title: say("remove", { name: entry.name }),
  });
  return make("div", { class: "head" }, make("h2", {}, entry.name + page), remove);
}

const focused = () => document.activeElement?.closest("[data-item]")?.dataset.item ?? null;

/** Addresses of the pictures of the parts, made once an entry. */
function cropsOf(entry) {
  entry.crops ??= Object.fromEntries(
    Object.entries(entry.reading.crops).map(([name, jpeg]) => [name, entry.urlOf(blobOf(jpeg))]));
  return entry.crops;
}

function parts(crops) {
  const portrait = crops.portrait ? make("img", { src: crops.portrait, alt: say("portrait"), class: "portrait" }) : null;
  const zone = crops.mrz ? make("img", { src: crops.mrz, alt: say("mrz"), class: "zone" }) : null;
  return [portrait, zone].filter(Boolean);
}

function actions(queue, entry) {
  const read = queue.entries.filter((one) => one.state === "read");
  const many = read.length > 1 ? "Many" : "";
  const all = () => shownItems(entry.reading).map((item) => `${say(`item.${item.name}`)}\t${valueOf(entry, item)}`).join("\n");
  return make("div", { class: "buttons" },
    button(say("copyAll"), () => copy(all(), "")),
    button(say(`json${many}`, { count: read.length }), () => saveJson(read)),
    button(say(`csv${many}`, { count: read.length }), () => saveCsv(read)),
    button(say("print"), () => window.print()));
}
