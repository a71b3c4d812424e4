"""rapidocr, a general OCR: every text on the picture is read, and the machine readable zone picked out of it."""

import importlib

from benchmarks.peers.glue import Word, find_mrz_lines
from benchmarks.peers.loop import Found, serve

ONE_THREAD = {
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}


def main() -> None:
    """Serve readings."""
    reader = importlib.import_module("rapidocr").RapidOCR(params=ONE_THREAD)

    def read(path: str) -> Found:
        found = reader(path)
        if found.boxes is None:
            return Found([])
        words, texts = [], []
        for box, text, score in zip(found.boxes.tolist(), found.txts, found.scores, strict=True):
            left, height = min(p[0] for p in box), max(p[1] for p in box) - min(p[1] for p in box)
            words.append(Word(text, left, sum(p[1] for p in box) / 4, height))
            texts.append({"text": text, "quad": box, "score": float(score)})
        return Found(find_mrz_lines(words), texts)

    serve(read)


if __name__ == "__main__":
    main()
