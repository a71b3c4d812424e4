"""This project's engine, reading only the machine readable zone."""

from benchmarks.peers.loop import serve
from engine.api import Engine
from engine.errors import NothingToRead


def main() -> None:
    """Serve readings."""
    engine = Engine()

    def read(path: str) -> list[str]:
        try:
            mrz = engine.recognize(path, items="mrz").mrz
        except NothingToRead:
            return []
        return list(mrz.lines)

    serve(read)


if __name__ == "__main__":
    main()
