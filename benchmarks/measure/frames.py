"""Pictures of a chosen size for timing: a page laid on a desk, as a JPEG in memory."""

from dataclasses import dataclass

import cv2
import numpy as np

from engine.values.pictures import Pixels

PAGE_SHARE = 0.88
"""The page fills this share of the frame's shorter way."""
JPEG_QUALITY = 90


@dataclass(frozen=True, slots=True)
class FrameSize:
    """A picture size in pixels."""

    width: int
    height: int

    def __str__(self) -> str:
        """As people write it, e.g. ``1280x720``."""
        return f"{self.width}x{self.height}"


FRAME_SIZES = (FrameSize(1280, 720), FrameSize(4000, 3000))
"""A video frame, and a 12-megapixel photo."""


def jpeg_frame(page: Pixels, size: FrameSize) -> bytes:
    """Lay a page (BGR) in the middle of a grainy desk and encode the picture."""
    rng = np.random.default_rng(9303)
    coarse = rng.integers(70, 130, (size.height // 40 + 1, size.width // 40 + 1, 3), np.uint8)
    frame = cv2.resize(coarse, (size.width, size.height), interpolation=cv2.INTER_CUBIC)
    scale = PAGE_SHARE * min(size.width / page.shape[1], size.height / page.shape[0])
    shrinking = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    laid = cv2.resize(page, None, fx=scale, fy=scale, interpolation=shrinking)
    top, left = (size.height - laid.shape[0]) // 2, (size.width - laid.shape[1]) // 2
    frame[top : top + laid.shape[0], left : left + laid.shape[1]] = laid
    grain = rng.normal(0, 2, frame.shape[:2]).astype(np.float32)[..., None]
    noisy = np.clip(frame.astype(np.float32) + grain, 0, 255).astype(np.uint8)
    _, encoded = cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    return encoded.tobytes()
