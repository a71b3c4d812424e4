"""Pictures of the misses: the annotated photo with truth and reading written below it, for looking at."""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from engine.decode import decode_color
from engine.measure.runner import FileOutcome
from engine.result.annotate import annotate
from engine.result.reading import PassportReading

_ROW = 22
_WIDEST = 1400


def miss_lines(outcome: FileOutcome) -> list[str]:
    """What was wrong, one text line each; empty where all was right."""
    if outcome.document.negative:
        return [] if outcome.refused else ["no MRZ on the picture, but read: " + " / ".join(outcome.mrz_read)]
    lines = []
    if outcome.document.mrz and not outcome.mrz_exact:
        lines.append(f"MRZ ({outcome.status}, check digits {'hold' if outcome.checks_ok else 'fail'})")
        lines += [f"  truth {line}" for line in outcome.document.mrz] + [
            f"  read  {line}" for line in outcome.mrz_read
        ]
    for i in outcome.items:
        if not i.right and not i.item.name.startswith("MRZ_LINE"):
            lines.append(f"{i.item.english}: truth {i.truth!r}, read {i.read!r} ({i.confidence:.2f})")
    return lines


def write_miss(outcome: FileOutcome, lines: Sequence[str], path: Path) -> None:
    """Save the picture, annotated where it was read, with the lines below it as JPEG."""
    source, reading = outcome.document.path, outcome.reading
    annotated = annotate(source, reading) if isinstance(reading, PassportReading) else decode_color(source)
    scale = min(1.0, _WIDEST / max(annotated.shape[:2]))
    small = cv2.resize(annotated, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    rgb = np.ascontiguousarray(small[:, :, ::-1])
    photo = Image.fromarray(rgb)
    canvas = Image.new("RGB", (max(photo.width, 900), photo.height + _ROW * len(lines) + 8), "white")
    canvas.paste(photo, (0, 0))
    draw = ImageDraw.Draw(canvas)
    font = ImageFont.load_default(size=15)
    for row, line in enumerate(lines):
        draw.text((6, photo.height + 4 + row * _ROW), line, fill="black", font=font)
    path.parent.mkdir(parents=True, exist_ok=True)
    canvas.save(path, quality=88)
