// Photos that are too large to be sent are scaled in the browser, which loses less than one would think: the engine
// needs some 12 pixels a line of the machine readable zone, a phone's camera gives 60.
const LONGEST = 4000;
const QUALITIES = [0.92, 0.85, 0.75];

/** `file` itself where it is small enough, else a smaller JPEG of it; null where the browser cannot open it. */
export async function fit(file, limit) {
  if (file.size <= limit) return file;
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return null;
  }
  try {
    for (let longest = Math.min(LONGEST, Math.max(bitmap.width, bitmap.height)); longest > 400; longest *= 0.75) {
      for (const quality of QUALITIES) {
        const blob = await jpegOf(bitmap, longest, quality);
        if (blob && blob.size <= limit) return blob;
      }
    }
    return null;
  } finally {
    bitmap.close();
  }
}

function jpegOf(bitmap, longest, quality) {
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  const pen = canvas.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
}
