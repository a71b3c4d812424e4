"""fastmrz; the argument names the folder of the Tesseract model ``mrz`` that it needs and does not bring."""

import importlib
import sys

from benchmarks.peers.loop import serve


def main() -> None:
    """Serve readings."""
    reader = importlib.import_module("fastmrz").FastMRZ(tessdata_path=sys.argv[1])

    def read(path: str) -> list[str]:
        return [line for line in str(reader.get_details(path, ignore_parse=True)).split("\n") if line]

    serve(read)


if __name__ == "__main__":
    main()
