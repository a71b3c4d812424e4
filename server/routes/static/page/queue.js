// The pictures of this visit, read one after another. They and what was read live in this script's memory only.
import { read } from "./service.js";
import { fit } from "./shrink.js";
import { maxBytes } from "./sign_in.js";

const ROOM = 16 * 1024;  // of the limit on what is sent, for what is sent around a picture
const TRIES = 8;  // as long as the service only says that it is busy
const BUSY = new Set([15, 503]);
const SIGNED_OUT = 401;

/** Kept for each picture. `state` is waiting, shrinking, sending, reading, busy, read or failed. */
class Entry {
  constructor(file) {
    this.file = file;
    this.name = file.name || "picture";
    this.state = "waiting";
    this.sent = 0;
    this.reading = null;
    this.fault = null;
    this.corrections = new Map();
    this.urls = [];
  }

  /** An address under which the page can show a picture as long as the entry is there. */
  urlOf(blob) {
    this.urls.push(URL.createObjectURL(blob));
    return this.urls.at(-1);
  }
}

/** Lets the browser give up the pictures of an entry; `urls` are the addresses they were shown under. */
function forget(entry) {
  entry.urls.forEach((url) => URL.revokeObjectURL(url));
}

export class Queue {
  #changed;
  #busy = false;
  entries = [];
  current = null;

  /** `changed` is told whenever there is something new to show, and the entry it is about. */
  constructor(changed) {
    this.#changed = changed;
  }

  add(files) {
    const added = files.map((file) => new Entry(file));
    this.entries.push(...added);
    if (added.length) this.show(added[0]);
    this.work();
  }

  show(entry) {
    this.current = entry;
    this.#changed(entry);
  }

  remove(entry) {
    const index = this.entries.indexOf(entry);
    this.entries.splice(index, 1);
    forget(entry);
    if (this.current === entry) this.current = this.entries[Math.min(index, this.entries.length - 1)] ?? null;
    this.#changed(null);
  }

  clear() {
    this.entries.forEach(forget);
    this.entries = [];
    this.current = null;
    this.#changed(null);
  }

  again(entry) {
    entry.state = "waiting";
    this.#changed(entry);
    this.work();
  }

  /** Reads what waits; also called when somebody has signed in again. */
  async work() {
    if (this.#busy) return;
    this.#busy = true;
    for (let entry; (entry = this.entries.find((one) => one.state === "waiting"));) {
      if (!(await this.#readOne(entry))) break;
    }
    this.#busy = false;
  }

  #turn(entry, state) {
    entry.state = state;
    if (this.entries.includes(entry)) this.#changed(entry);
  }

  /** False where it cannot go on, as nobody is signed in any more. */
  async #readOne(entry) {
    const limit = maxBytes() - ROOM;
    if (entry.file.size > limit) this.#turn(entry, "shrinking");
    const blob = await fit(entry.file, limit);
    if (!blob) {
      entry.fault = { code: "tooLarge" };
      this.#turn(entry, "failed");
      return true;
    }
    for (let tries = 1; ; tries++) {
      try {
        this.#turn(entry, "sending");
        entry.reading = await read(blob, (share) => this.#sent(entry, share));
        entry.fault = null;
        entry.url = null;  // the file's, where it was shown as one that could not be read
        this.#turn(entry, "read");
        return true;
      } catch (fault) {
        if (fault.code === SIGNED_OUT) {
          this.#turn(entry, "waiting");
          window.dispatchEvent(new Event("session-ended"));
          return false;
        }
        if (!BUSY.has(fault.code) || tries === TRIES) {
          entry.fault = fault;
          this.#turn(entry, "failed");
          return true;
        }
        this.#turn(entry, "busy");
        await new Promise((resolve) => setTimeout(resolve, 1000 * Math.max(1, fault.retryAfter || 0)));
      }
    }
  }

  #sent(entry, share) {
    entry.sent = share;
    this.#turn(entry, share < 1 ? "sending" : "reading");
  }
}
