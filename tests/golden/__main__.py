"""``python -m tests.golden write``."""

import argparse
import sys

import engine
from engine.readers.select import open_mrz_reader
from tests.golden import READERS, write_golden
from tests.golden.readings import pictures, write_readings


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.golden", description="Write the golden answers anew.")
    parser.add_argument("action", choices=["write"])
    parser.add_argument("--of", choices=["lines", "readings"], help="only lines, or only whole readings")
    parser.add_argument("--reader", action="append", choices=READERS, help="only this one; may be given again")
    options = parser.parse_args()
    paths = []
    if options.of != "readings":
        paths += write_golden([open_mrz_reader(name) for name in options.reader or READERS])
    if options.of != "lines":
        paths += write_readings(engine.Engine(), pictures())
    sys.stdout.writelines(f"{path}\n" for path in paths)


if __name__ == "__main__":
    main()
