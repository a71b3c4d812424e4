// Puts the page together.
import { byId } from "./dom.js";
import { offerIntake } from "./intake.js";
import { listPictures, tellStatus } from "./picture_list.js";
import { Queue } from "./queue.js";
import { showResult } from "./result.js";
import { isIn, label, offerSignIn } from "./sign_in.js";
import { fillIn, nameOf, onLanguage, otherLanguage, speak } from "./words.js";

const queue = new Queue((entry) => {
  byId("work").classList.toggle("busy", queue.entries.length > 0);
  listPictures(queue);
  tellStatus(queue, entry);
  if (entry === queue.current || entry === null) showResult(queue);
});

function show() {
  fillIn();
  label();
  const other = byId("language");
  other.textContent = nameOf(otherLanguage());
  other.lang = otherLanguage();
  listPictures(queue);
  tellStatus(queue, queue.current);
  showResult(queue);
}

byId("language").addEventListener("click", () => speak(otherLanguage()));
onLanguage(show);
show();
offerIntake((files) => queue.add(files), isIn);
offerSignIn((another) => {
  if (another) queue.clear();
  if (isIn()) queue.work();
}).catch(() => tellStatus(queue, null));
