// A person signs in with an app's key once. The key leaves the form when it is sent, and is kept nowhere.
import { byId } from "./dom.js";
import { faultText } from "./faults.js";
import { session, signIn, signOut } from "./service.js";
import { say } from "./words.js";

const card = byId("sign-in");
const form = card.querySelector("form");
const fault = byId("sign-in-fault");
let state = { asks: false, app: null, until: null, maxBytes: 0 };
let timer = 0;
let lastFault = null;

export const maxBytes = () => state.maxBytes;
export const isIn = () => !state.asks || state.app !== null;

/** `changed` is told each time somebody signs in or out, and whether it is another app than before. */
export async function offerSignIn(changed) {
  let formerApp = null;
  const take = (told) => {
    state = { asks: told.asks, app: told.app, until: told.until, maxBytes: told.max_bytes };
    clearTimeout(timer);
    if (told.until) timer = setTimeout(look, told.until * 1000 - Date.now() + 1000);
    show();
    changed(told.app !== null && formerApp !== null && told.app !== formerApp);
    formerApp = told.app ?? formerApp;
  };
  const look = async () => take(await session());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    enter(take);
  });
  byId("sign-out").addEventListener("click", async () => {
    await signOut().catch(() => null);  // the session may have ended by itself
    formerApp = "";  // whoever comes next finds nothing
    take({ asks: true, app: null, until: null, max_bytes: state.maxBytes });
    changed(true);
  });
  window.addEventListener("session-ended", () => {
    complain(say("sessionEnded"));
    take({ asks: true, app: null, until: null, max_bytes: state.maxBytes });
  });
  await look();
}

async function enter(take) {
  const { secret_id: id, secret_key: key } = form.elements;
  const secret = key.value.trim();
  key.value = "";
  try {
    const told = await signIn(id.value.trim(), secret);
    form.reset();
    complain("");
    take(told);
  } catch (error) {
    complain(error);
    key.focus();
  }
}

function complain(what) {
  lastFault = what;
  fault.textContent = typeof what === "string" ? what : faultText(what);
}

function show() {
  const out = state.asks && state.app === null;
  card.hidden = !out;
  byId("work").hidden = out;
  byId("sign-out").hidden = !state.asks || out;
  byId("insecure").hidden = window.isSecureContext;
  label();
  if (out) form.elements.secret_id.focus();
}

/** Says who is signed in, and what was wrong, in the language of now. */
export function label() {
  byId("app").textContent = state.app ? say("signedInAs", { app: state.app }) : "";
  if (lastFault && typeof lastFault !== "string") complain(lastFault);
  else if (lastFault) complain(say("sessionEnded"));
}
