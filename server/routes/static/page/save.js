// Readings as files, with what a person corrected: JSON with everything, CSV with a line a picture.
import { certaintyOf, contradictionOf } from "./certainty.js";
import { make } from "./dom.js";
import { shownItems, valueOf } from "./item_row.js";

const keyOf = (item) => item.name.toLowerCase().replaceAll(" ", "_");
const FORMULA = /^[=+\-@\t\r]/;  // a spreadsheet would compute such a cell; what a passport says must not be run

export function saveJson(entries) {
  save(JSON.stringify(entries.map(plain), null, 2), "application/json", "json");
}

export function saveCsv(entries) {
  const keys = entries[0].reading.items.map(keyOf);
  const head = ["file", ...keys, "corrected", "contradictions", "warnings"];
  const lines = [head, ...entries.map((entry) => csvLine(entry))];
  const text = lines.map((line) => line.map(cell).join(",")).join("\r\n");
  save(`\ufeff${text}\r\n`, "text/csv;charset=utf-8", "csv");  // the mark lets spreadsheets see that it is UTF-8
}

function plain(entry) {
  const { warnings, mrz } = entry.reading;
  const items = shownItems(entry.reading);
  return {
    file: entry.name,
    items: Object.fromEntries(items.map((item) => [keyOf(item), plainItem(entry, item)])),
    warnings,
    checks: mrz.checks,
  };
}

function plainItem(entry, item) {
  const found = contradictionOf(item, entry.reading);
  return {
    value: valueOf(entry, item),
    corrected: entry.corrections.has(item.name),
    read: item.value,
    confidence: item.confidence,
    certainty: certaintyOf(item, entry.reading),
    source: item.source,
    printed: item.printed,
    date: item.date,
    ...(found ? { contradiction: { mrz: found.mrz, printed: found.printed } } : {}),
  };
}

function csvLine(entry) {
  const { items, warnings } = entry.reading;
  const named = (test) => items.filter(test).map(keyOf).join(" ");
  return [
    entry.name,
    ...items.map((item) => valueOf(entry, item)),
    named((item) => entry.corrections.has(item.name)),
    named((item) => contradictionOf(item, entry.reading)),
    warnings.map((warning) => warning.warning).join(" "),
  ];
}

function cell(text) {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function save(text, type, suffix) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  make("a", { href: url, download: `passports.${suffix}` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
