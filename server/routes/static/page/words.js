// The page's language: that of the address (#zh, #en), else the browser's. It is kept nowhere else.
import en from "./words/en.js";
import zh from "./words/zh.js";

const LANGUAGES = { en, zh };
const listeners = [];
let current = fromAddress() ?? fromBrowser();

function fromAddress() {
  const named = location.hash.slice(1);
  return Object.hasOwn(LANGUAGES, named) ? named : null;
}

function fromBrowser() {
  const first = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in LANGUAGES);
  return first ?? "en";
}

export const language = () => current;
export const locale = () => (current === "zh" ? "zh-CN" : "en-GB");
export const otherLanguage = () => (current === "zh" ? "en" : "zh");
export const nameOf = (tag) => LANGUAGES[tag].language;

/** The words of `key` (`item.surname` looks into a group), with `{name}` replaced by what is given; "" if none. */
export function say(key, given = {}) {
  const [group, ...rest] = key.split(".");
  const found = rest.length ? LANGUAGES[current][group][rest.join(".")] : LANGUAGES[current][group];
  return (found ?? "").replace(/\{(\w+)\}/g, (_, name) => given[name] ?? "");
}

/** Several names in one sentence. */
export const listed = (names) => names.join(current === "zh" ? "、" : ", ");

export function speak(tag) {
  current = tag;
  history.replaceState(null, "", `#${tag}`);
  listeners.forEach((listener) => listener());
}

export const onLanguage = (listener) => listeners.push(listener);

/** Fills in all words that the HTML names. */
export function fillIn() {
  document.documentElement.lang = locale();
  document.querySelectorAll("[data-word]").forEach((one) => { one.textContent = say(one.dataset.word); });
  document.querySelectorAll("[data-label]").forEach((one) => one.setAttribute("aria-label", say(one.dataset.label)));
}
