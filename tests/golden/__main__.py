"""``python -m tests.golden write``."""

import argparse
import sys

from engine.readers.select import open_mrz_reader
from tests.golden import READERS, write_golden


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.golden", description="Write the golden answers anew.")
    parser.add_argument("action", choices=["write"])
    parser.add_argument("--reader", action="append", choices=READERS, help="only this one; may be given again")
    options = parser.parse_args()
    for path in write_golden([open_mrz_reader(name) for name in options.reader or READERS]):
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
