// The ways a picture gets into the page: chosen, dropped, pasted, photographed, or a specimen.
import { offerCamera } from "./camera.js";
import { byId } from "./dom.js";

/** `take` is given the files, one or several; `open` says whether any may come now. */
export function offerIntake(take, open) {
  const files = byId("files");
  byId("choose").addEventListener("click", () => files.click());
  files.addEventListener("change", () => {
    take([...files.files]);
    files.value = "";  // choosing the same picture again reads it again
  });
  offerDrop(take, open);
  document.addEventListener("paste", (event) => {
    if (open() && event.clipboardData.files.length) take([...event.clipboardData.files]);
  });
  offerCamera(take);
  for (const specimen of document.querySelectorAll("[data-specimen]")) {
    specimen.addEventListener("click", async () => take([await fetchSpecimen(specimen.dataset.specimen)]));
  }
}

function offerDrop(take, open) {
  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      event.preventDefault();
      const over = open() && (kind === "dragenter" || kind === "dragover");
      byId("intake").classList.toggle("over", over);
      if (kind === "drop" && open()) take([...event.dataTransfer.files]);
    });
  }
}

async function fetchSpecimen(name) {
  const response = await fetch(`page/specimens/${name}.jpg`);
  return new File([await response.blob()], `specimen-${name}.jpg`, { type: "image/jpeg" });
}
