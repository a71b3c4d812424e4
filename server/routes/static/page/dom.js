// Elements are made here, and texts are always text: what a passport says is never taken for HTML.
export const byId = (id) => document.getElementById(id);

/** An element: `on…` are listeners, `class` and what has a hyphen or no property are attributes, the rest properties. */
export function make(name, given = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined || value === false || value === null) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key in made && !key.includes("-")) made[key] = value;
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** The same for SVG, where everything is an attribute. */
export function makeSvg(name, given = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(given)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export const button = (words, onclick, given = {}) => make("button", { type: "button", onclick, ...given }, words);
