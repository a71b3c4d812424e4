// What the page asks of the service. All of it is internal to the page: programs use POST /ocr/passport.
const OURS = { "X-Passport-Page": "1" };

/** A refusal, by the service's code; `retryAfter` in seconds where it says so. */
export class Fault extends Error {
  constructor(code, message, retryAfter = 0) {
    super(message);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

export const UNREACHABLE = 0;

async function ask(method, body) {
  let response, told;
  try {
    response = await fetch("page/session", { method, headers: OURS, body, cache: "no-store" });
    told = await response.json();
  } catch {
    throw new Fault(UNREACHABLE, "");
  }
  if (told.code !== 0) throw new Fault(told.code, told.message);
  return told;
}

export const session = () => ask("GET");
export const signOut = () => ask("DELETE");
export const signIn = (secretId, secretKey) =>
  ask("POST", JSON.stringify({ secret_id: secretId, secret_key: secretKey }));

/** Reads one picture; `progress` is told the share that was sent, from 0 to 1. XMLHttpRequest alone tells it. */
export function read(blob, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "page/readings");
    request.setRequestHeader("X-Passport-Page", "1");
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => progress(event.loaded / event.total));
    request.upload.addEventListener("load", () => progress(1));
    request.addEventListener("error", () => reject(new Fault(UNREACHABLE, "")));
    request.addEventListener("load", () => {
      const told = request.response;
      if (told?.code === 0) resolve(told.reading);
      else reject(new Fault(told?.code ?? UNREACHABLE, told?.message ?? "", Number(request.getResponseHeader("Retry-After"))));
    });
    request.send(blob);
  });
}
