"""PassportEye, as its documentation says to call it; an argument names the folder of an OCR-B Tesseract model."""

import importlib
import sys

from benchmarks.peers.loop import serve


def main() -> None:
    """Serve readings."""
    read_mrz = importlib.import_module("passporteye").read_mrz
    cleaner = importlib.import_module("passporteye.mrz.text").MRZOCRCleaner
    model = f"--tessdata-dir {sys.argv[1]} -l mrz" if len(sys.argv) > 1 else ""

    def read(path: str) -> list[str]:
        found = read_mrz(path, extra_cmdline_params=model)
        return [] if found is None else list(cleaner.apply(found.aux["raw_text"]))

    serve(read)


if __name__ == "__main__":
    main()
