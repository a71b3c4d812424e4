// A photo with the camera, a frame in the shape of a data page laid over what it shows. Browsers let pages use the
// camera over https and on this machine only; elsewhere the system's own camera program is opened.
import { byId } from "./dom.js";

const dialog = byId("camera");
const video = dialog.querySelector("video");
const [shoot, cancel] = dialog.querySelectorAll("button");
let stream = null;

/** `take` is given the photo, a File. */
export function offerCamera(take) {
  byId("camera-open").addEventListener("click", () => open());
  byId("camera-files").addEventListener("change", (event) => {
    take([...event.target.files]);
    event.target.value = "";
  });
  video.addEventListener("loadeddata", () => { shoot.disabled = false; });
  shoot.addEventListener("click", async () => {
    const file = await photograph();
    dialog.close();
    take([file]);
  });
  cancel.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", stop);
}

async function open() {
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: "environment", width: { ideal: 3840 }, height: { ideal: 2160 } },
    });
  } catch {  // none, not allowed, or no secure address
    byId("camera-files").click();
    return;
  }
  shoot.disabled = true;  // until there is something to be seen
  video.srcObject = stream;
  dialog.showModal();
}

async function photograph() {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d").drawImage(video, 0, 0);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.93));
  return new File([blob], `photo-${new Date().toTimeString().slice(0, 8).replaceAll(":", "-")}.jpg`, { type: "image/jpeg" });
}

function stop() {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  video.srcObject = null;
}
