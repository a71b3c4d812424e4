"""HEIC pictures, as iPhones take them, decoded by libheif (the extra ``heic``)."""

import io

from PIL import Image

from engine.errors import NotAnImage, UnsupportedFormat


def open_heic(data: bytes) -> Image.Image:
    """Open the main picture of a file, without decoding it; it turns itself upright, whatever its EXIF says.

    Raises:
        UnsupportedFormat: libheif is not installed.
        NotAnImage: the file is damaged.
    """
    try:
        from pi_heif import HeifImageFile
    except ImportError:
        raise UnsupportedFormat(
            "HEIC is read only where its library is: pip install 'passport-ocr[heic]', or send a JPEG"
        ) from None
    try:
        image: Image.Image = HeifImageFile(
            io.BytesIO(data)
        )  # not registered with Pillow: that would change it for others
        return image
    except (OSError, ValueError, SyntaxError, EOFError, RuntimeError):
        raise NotAnImage("the HEIC is damaged or cut off: send the whole file") from None
