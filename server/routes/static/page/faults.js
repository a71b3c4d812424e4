// What went wrong, in the page's language; the service's own words where the page has none for a code.
import { UNREACHABLE } from "./service.js";
import { say } from "./words.js";

export function faultText(fault) {
  if (fault.code === UNREACHABLE || fault.code === undefined) return say("unreachable");
  return say(`fault.${fault.code}`) || fault.message;
}
