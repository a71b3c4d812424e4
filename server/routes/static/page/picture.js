// The picture, upright, with a frame around each item. Frames stand clear of the letters, and are told apart by
// colour and by stroke. Enlarged, the picture is scrolled like any other thing: by touch, wheel, keys, or drawn.
import { certaintyOf } from "./certainty.js";
import { button, make, makeSvg } from "./dom.js";
import { say } from "./words.js";

const STEP = 1.4;
const LARGEST = 8;
const BESIDE = 0.35;  // of the height of the letters, between them and the frame
const ABOVE = 0.16;  // labels stand close above values
const STROKE = 2;  // px of the screen that a frame takes up at most; twice as many where it is pointed at

export class Picture {
  #place;
  #view;
  #svg;
  #frames = new Map();
  #places = new Map();
  #here = null;
  #zoom = 1;

  /** `point` is told the item whose frame was clicked. */
  constructor(place, point) {
    this.#place = place;
    this.point = point;
    new ResizeObserver(() => this.#draw()).observe(place);
  }

  show(entry) {
    const { picture } = entry.reading;
    entry.url ??= entry.urlOf(blobOf(picture.jpeg));
    this.#svg = makeSvg("svg", { viewBox: `0 0 ${picture.width} ${picture.height}`, "aria-hidden": "true" });
    this.#svg.append(makeSvg("image", { href: entry.url, width: picture.width, height: picture.height }));
    this.#frames = new Map();
    this.#here = null;
    this.#places = new Map(entry.reading.items.map((item) => [item.name, item.place]));
    for (const item of entry.reading.items) if (item.place) this.#frame(item, entry.reading);
    this.#view = make("div", { class: "view", tabIndex: 0, role: "group", "aria-label": say("pictureView") }, this.#svg);
    this.#view.addEventListener("keydown", (event) => this.#key(event));
    this.#view.addEventListener("dblclick", () => this.zoom(STEP * STEP));
    drawable(this.#view);
    this.#place.replaceChildren(this.#buttons(), this.#view);
    this.zoom(0);
  }

  #buttons() {
    const zoom = (words, sign, factor) =>
      button(sign, () => this.zoom(factor), { "aria-label": say(words), title: say(words) });
    return make("div", { class: "zoom", role: "group" },
      zoom("zoomOut", "−", 1 / STEP), zoom("zoomFit", "⤢", 0), zoom("zoomIn", "+", STEP));
  }

  #frame(item, reading) {
    const frame = makeSvg("polygon", { class: `frame ${certaintyOf(item, reading)}` });
    frame.append(makeSvg("title"));
    frame.firstChild.textContent = say(`item.${item.name}`);
    frame.addEventListener("click", () => this.point(item.name));
    this.#frames.set(item.name, frame);
    this.#svg.append(frame);
  }

  /** Draws the frames; how far they stand off depends on how large a pixel of the screen is in the picture. */
  #draw() {
    const width = this.#svg?.getBoundingClientRect().width;
    if (!width) return;
    const { viewBox, clientHeight } = this.#svg;
    const unit = Math.max(viewBox.baseVal.width / width, viewBox.baseVal.height / (clientHeight || Infinity));
    for (const [name, frame] of this.#frames) {
      const stroke = (name === this.#here ? 2 : 1) * STROKE * unit;
      frame.setAttribute("points", apart(this.#places.get(name), stroke / 2).map((corner) => corner.join(",")).join(" "));
    }
  }

  /** Enlarge by `factor`, 0 fits the picture in, keeping the middle of what is seen where it is. */
  zoom(factor) {
    const view = this.#view;
    const middle = [0.5 * view.clientWidth + view.scrollLeft, 0.5 * view.clientHeight + view.scrollTop];
    const former = this.#zoom;
    this.#zoom = factor ? Math.min(LARGEST, Math.max(1, former * factor)) : 1;
    this.#svg.style.width = `${100 * this.#zoom}%`;
    view.classList.toggle("enlarged", this.#zoom > 1);
    this.#draw();
    const grown = this.#zoom / former;
    view.scrollTo(middle[0] * grown - 0.5 * view.clientWidth, middle[1] * grown - 0.5 * view.clientHeight);
  }

  #key(event) {
    const factor = { "+": STEP, "=": STEP, "-": 1 / STEP, "0": 0 }[event.key];
    if (factor === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.zoom(factor);
  }

  /** Show where an item stands; null for none. */
  highlight(name) {
    this.#here = name;
    for (const [one, frame] of this.#frames) frame.classList.toggle("here", one === name);
    this.#draw();
    const frame = this.#frames.get(name);
    if (!frame) return;
    this.#svg.append(frame);  // what comes last is drawn over the others
    if (this.#zoom > 1) this.#bring(frame.getBoundingClientRect());
  }

  #bring(box) {
    const seen = this.#view.getBoundingClientRect();
    this.#view.scrollBy((box.left + box.right - seen.left - seen.right) / 2, (box.top + box.bottom - seen.top - seen.bottom) / 2);
  }
}

/** Moves the sides of a quad outwards, so that its frame does not touch the letters. */
function apart([a, b, c, d], room) {
  const along = unit(a, b), down = unit(a, d);
  const height = Math.hypot(d[0] - a[0], d[1] - a[1]);
  const [beside, above] = [BESIDE * height + room, ABOVE * height + room];
  const moved = (corner, x, y) => [0, 1].map((i) => (corner[i] + beside * x * along[i] + above * y * down[i]).toFixed(1));
  return [moved(a, -1, -1), moved(b, 1, -1), moved(c, 1, 1), moved(d, -1, 1)];
}

function unit(from, to) {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
  return [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
}

export function blobOf(base64) {
  return new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type: "image/jpeg" });
}

/** Lets a mouse draw the picture about; fingers scroll it anyway. */
function drawable(view) {
  let last = null;
  view.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button === 0) last = [event.clientX, event.clientY];
  });
  view.addEventListener("pointermove", (event) => {
    if (!last || !(event.buttons & 1)) return;
    view.scrollBy(last[0] - event.clientX, last[1] - event.clientY);
    last = [event.clientX, event.clientY];
  });
  for (const end of ["pointerup", "pointerleave"]) view.addEventListener(end, () => { last = null; });
}
