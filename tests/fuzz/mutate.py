"""Valid inputs and what becomes of them. Everything follows from the random generator given."""

import base64
import io
import json
import random
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import cv2
import numpy as np
from PIL import Image

IMAGES = Path(__file__).parents[1] / "images"
MODES = {
    "JPEG": ("L", "RGB", "CMYK"),
    "PNG": ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"),
    "BMP": ("1", "L", "P", "RGB"),
    "WEBP": ("RGB", "RGBA"),
    "TIFF": ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "I", "F"),
}
TIFF_COMPRESSIONS = (None, "tiff_lzw", "tiff_deflate", "packbits", "jpeg", "zstd", "lzma")
NUMBERS = (0, 1, 2, 3, 4, 7, 8, 16, 127, 128, 255, 256, 32767, 32768, 65535, 2**31 - 1, 2**31, 2**32 - 1)
ODD_TEXTS = (
    "",
    " ",
    "\x00",
    "null",
    "-1",
    "1e999",
    "護照",
    "\ud800",
    "..",
    "http://",
    "data:;base64,",
    "=",
    "\r\n",
    "💥",
    "a" * 3000,
)


def mutated(random_: random.Random, data: bytes, others: Sequence[bytes] = ()) -> bytes:
    """Return ``data`` with one to eight changes, small ones more often than large ones."""
    buffer = bytearray(data)
    for _ in range(1 + min(int(random_.expovariate(0.6)), 7)):
        random_.choice(_CHANGES)(random_, buffer, others)
    return bytes(buffer)


def _flip(random_: random.Random, buffer: bytearray, others: Sequence[bytes]) -> None:
    if buffer:
        buffer[random_.randrange(len(buffer))] ^= 1 << random_.randrange(8)


def _set(random_: random.Random, buffer: bytearray, others: Sequence[bytes]) -> None:
    if buffer:
        buffer[random_.randrange(len(buffer))] = random_.choice(
            (0, 1, 0x7F, 0x80, 0xFE, 0xFF, random_.randrange(256))
        )


def _number(random_: random.Random, buffer: bytearray, others: Sequence[bytes]) -> None:
    width = random_.choice((2, 4))
    at = random_.randrange(max(1, min(len(buffer), 600)))  # sizes and counts stand in headers
    value = random_.choice(NUMBERS) % 256**width
    buffer[at : at + width] = value.to_bytes(width, random_.choice(("big", "little")))


def _cut(random_: random.Random, buffer: bytearray, others: Sequence[bytes]) -> None:
    del buffer[random_.randrange(len(buffer) + 1) :]


def _remove(random_: random.Random, buffer: bytearray, others: Sequence[bytes]) -> None:
    start = random_.randrange(len(buffer) + 1)
    del buffer[start : start + random_.randrange(64)]


def _repeat(random_: random.Random, buffer: bytearray, others: Sequence[bytes]) -> None:
    start = random_.randrange(len(buffer) + 1)
    buffer[start:start] = buffer[start : start + random_.randrange(64)] * random_.randrange(1, 20)


def _insert(random_: random.Random, buffer: bytearray, others: Sequence[bytes]) -> None:
    at = random_.randrange(len(buffer) + 1)
    buffer[at:at] = random_.randbytes(random_.randrange(1, 16))


def _splice(random_: random.Random, buffer: bytearray, others: Sequence[bytes]) -> None:
    if others:
        other = random_.choice(others)
        at, start = random_.randrange(len(buffer) + 1), random_.randrange(len(other) + 1)
        buffer[at : at + random_.randrange(200)] = other[start : start + random_.randrange(400)]


_CHANGES: tuple[Callable[[random.Random, bytearray, Sequence[bytes]], None], ...] = (
    _flip, _flip, _set, _set, _number, _number, _cut, _remove, _repeat, _insert, _splice,
)  # fmt: skip


@cache
def small_pictures() -> tuple[bytes, ...]:
    """Small pictures of every format and kind of pixel that is accepted, and of some that are not."""
    noise = np.random.default_rng(0).integers(0, 256, (24, 40, 4), np.uint8)
    found = [_encoded(noise, mode, kind) for kind, modes in MODES.items() for mode in modes]
    found += [_encoded(noise, "RGB", "TIFF", compression=name) for name in TIFF_COMPRESSIONS if name]
    found += [_encoded(noise, "RGB", "JPEG", progressive=True), _encoded(noise, "P", "PNG", transparency=3)]
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "maker"
    found += [_encoded(noise, "RGB", kind, exif=exif) for kind in ("JPEG", "PNG", "WEBP", "TIFF")]
    frames = {"save_all": True, "append_images": [Image.new("RGB", (40, 24))]}
    found += [_encoded(noise, "RGB", kind, **frames) for kind in ("WEBP", "PNG", "TIFF")]
    return (*found, _encoded(noise, "L", "GIF"), b"%PDF-1.7\n", b"<svg xmlns='x'/>")


def _encoded(noise: np.ndarray, mode: str, kind: str, **options: object) -> bytes:
    if mode in {"I;16", "I", "F"}:
        types = {"I;16": np.uint16, "I": np.int32, "F": np.float32}
        image = Image.fromarray((noise[..., 0].astype(np.int32) * 257).astype(types[mode]))
    else:
        image = Image.fromarray(noise).convert(mode)
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


@cache
def passports() -> tuple[bytes, ...]:
    """The drawn specimens that the tests use."""
    return tuple(path.read_bytes() for path in sorted(IMAGES.glob("*.jpg")))


def distorted_passport(random_: random.Random) -> np.ndarray:
    """A specimen cut, turned, scaled, darkened, blurred or smeared; H×W uint8."""
    gray = cv2.imdecode(np.frombuffer(random_.choice(passports()), np.uint8), cv2.IMREAD_GRAYSCALE)
    height, width = gray.shape
    scale = random_.uniform(0.15, 0.9)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), random_.uniform(-180, 180), scale)
    turned = cv2.warpAffine(
        gray, turn, (int(width * scale) + 1, int(height * scale) + 1), borderValue=random_.randrange(256)
    )
    noise = np.random.default_rng(random_.randrange(2**32)).normal(0, random_.choice((0, 3, 40)), turned.shape)
    changed = np.clip(turned * random_.uniform(0.1, 1.6) + noise, 0, 255).astype(np.uint8)
    if random_.random() < 0.3:
        top, left = random_.randrange(changed.shape[0]), random_.randrange(changed.shape[1])
        changed[top:, left : left + random_.randrange(1, 200)] = random_.randrange(256)
    return changed


def json_body(random_: random.Random) -> bytes:
    """A body as clients send it, with odd values, sometimes damaged."""
    picture = base64.b64encode(random_.choice(small_pictures())).decode()
    names = ["app_id", "appid", "session_id", "image", "base64", "url", "more"]
    fields = {name: _value(random_, picture, 0) for name in random_.sample(names, random_.randrange(len(names) + 1))}
    if random_.random() < 0.5:
        fields |= {"app_id": "1", random_.choice(("image", "url")): picture}
    text = json.dumps(fields, ensure_ascii=random_.random() < 0.5).encode(errors="surrogatepass")
    return text if random_.random() < 0.4 else mutated(random_, text, small_pictures())


def _value(random_: random.Random, picture: str, depth: int) -> object:
    kind = random_.randrange(9)
    if kind < 3:
        return random_.choice(ODD_TEXTS)
    if kind == 3:
        return mutated(random_, picture.encode()).decode("latin-1")
    if kind == 4:
        return random_.choice((None, True, 0, -1, 1.5, 10 ** random_.randrange(1, 400), float("nan")))
    if kind == 5 and depth < 6:
        return [_value(random_, picture, depth + 1) for _ in range(random_.randrange(5))]
    if kind == 6 and depth < 6:
        return {random_.choice(ODD_TEXTS): _value(random_, picture, depth + 1)}
    return picture


def form_body(random_: random.Random) -> tuple[str, bytes]:
    """A content type with its body as clients send it, sometimes damaged."""
    boundary = random_.choice(("b", "0123456789abcdefBOUNDARY", "-" * 70, "x" * 71, "a b", "'()+_,-./:=?"))
    parts = []
    for name in random_.sample(["app_id", "session_id", "image", "url", "appid", ""], random_.randrange(1, 6)):
        file_name = random_.choice(("", '; filename="p.jpg"', "; filename*=UTF-8''%ff", '; filename="a\\"b"', ";;=;"))
        content = (
            random_.choice(small_pictures())
            if random_.random() < 0.5
            else random_.choice(ODD_TEXTS).encode(errors="replace")
        )
        parts.append(
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{file_name}\r\n\r\n'.encode()
            + content
            + b"\r\n"
        )
    body = b"".join(parts) + f"--{boundary}--\r\n".encode()
    content_type = f"multipart/form-data; boundary={boundary}"
    if random_.random() < 0.2:
        content_type = mutated(random_, content_type.encode()).decode("latin-1")
    return content_type, body if random_.random() < 0.3 else mutated(random_, body, (boundary.encode(), b"\r\n\r\n"))


def signature(random_: random.Random) -> str:
    """An ``Authorization`` header's value, of the right form or nearly."""
    text = random_.choice(
        ("a=1&b=&k=id&e=2000000000&t=1999990000&r=1&u=0&f=", "a=1&k=id&e=0&t=1&r=1", "a=&k=&e=&t=&r=")
    )
    original = text.encode() if random_.random() < 0.3 else mutated(random_, text.encode(), (b"&", b"=", b"a=2&"))
    encoded = base64.b64encode(random_.randbytes(random_.choice((20, 20, 20, 0, 19, 21))) + original)
    return (encoded if random_.random() < 0.5 else mutated(random_, encoded)).decode("latin-1")


def parameters(random_: random.Random) -> tuple[str, bytes]:
    """A content type with the parameters of API 3.0 in it, with odd values, sometimes damaged."""
    picture = base64.b64encode(random_.choice(small_pictures())).decode()
    names = ["ImageBase64", "ImageUrl", "CropPortrait", "RetImage", "Type", "Action", "Signature", "Nonce"]
    fields = {name: _value(random_, picture, 0) for name in random_.sample(names, random_.randrange(len(names) + 1))}
    if random_.random() < 0.5:
        fields |= {"ImageBase64": picture, "RetImage": random_.choice((True, False, None, "true", 1))}
    if random_.random() < 0.5:
        kind, text = "application/json", json.dumps(fields, ensure_ascii=random_.random() < 0.5)
    else:
        kind = "application/x-www-form-urlencoded"
        text = urlencode({name: str(value) for name, value in fields.items()}, errors="replace")
    body = text.encode(errors="surrogatepass")
    return kind, body if random_.random() < 0.4 else mutated(
        random_, body, (b"&", b"%ff", b"=", b"%", *small_pictures())
    )


def tc3(random_: random.Random) -> str:
    """An ``Authorization`` header's value of API 3.0, of the right form or nearly."""
    signed = random_.choice(
        ("content-type;host", "host", "content-type;host;x-tc-action", "", ";;", "content-type;host;host")
    )
    service = random_.choice(("ocr", "127", "localhost:8000", "", "a/b", "护"))
    value = (
        f"TC3-HMAC-SHA256 Credential=id/{random_.choice(('2033-05-18', '2033-02-30', ''))}/{service}/tc3_request, "
        f"SignedHeaders={signed}, Signature={random_.randbytes(random_.choice((32, 32, 32, 0, 31))).hex()}"
    )
    return (
        value if random_.random() < 0.5 else mutated(random_, value.encode(), (b", ", b"=", b"/")).decode("latin-1")
    )


def token(random_: random.Random) -> str:
    """An access token, of the right form or nearly; nobody sealed it."""
    secret_id, expires = random_.choice(("AKID", "id~2", "", "护")), random_.choice(("2000000000", "1", *NUMBERS))
    value = f"{secret_id}~{expires}~{random_.randbytes(random_.choice((32, 32, 32, 0, 31))).hex()}"
    return value if random_.random() < 0.5 else mutated(random_, value.encode(), (b"~", b"0")).decode("latin-1")


def url(random_: random.Random) -> str:
    """An address of a picture, sometimes damaged."""
    hosts = (
        "example.com",
        "127.0.0.1",
        "[::1]",
        "2130706433",
        "a:b@c",
        "xn--a",
        "é.example",
        "[::ffff:1.2.3.4%25x]",
        "a" * 70,
    )
    text = f"http{random_.choice(('', 's'))}://{random_.choice(hosts)}:{random_.choice(NUMBERS)}/{random_.choice(ODD_TEXTS)}"
    return text if random_.random() < 0.3 else mutated(random_, text.encode(errors="replace")).decode("latin-1")


def _of_the_third_dialect(random_: random.Random, content_type: str, body: bytes) -> bytes:
    path = random_.choice(
        ("/rest/2.0/ocr/v1/passport",) * 4 + ("/oauth/2.0/token",) * 2 + ("/rest/2.0/", "/oauth/2.0/x")
    )
    query = urlencode({"access_token": token(random_), "grant_type": random_.choice(("client_credentials", ""))})
    if random_.random() < 0.3:
        query = mutated(random_, query.encode(), (b"&", b"%", b"=")).decode("latin-1")
    form = random_.choice((body, b"image=AAAA", b"url=http%3A%2F%2Fx", b"image=%", b"image=AAAA&image=AAAA"))
    kind = random_.choice((content_type, "application/x-www-form-urlencoded", "application/x-www-form-urlencoded"))
    head = (
        f"{random_.choice(('POST', 'POST', 'POST', 'GET', 'BREW'))} {path}?{query} HTTP/1.1\r\n"
        f"Host: localhost\r\nContent-Type: {kind}\r\nContent-Length: {len(form)}\r\n\r\n"
    )
    return head.encode("latin-1", errors="replace") + form


def http_request(random_: random.Random) -> bytes:
    """A whole request on the wire, sometimes damaged."""
    more, kind = "", random_.random()
    if kind < 0.3:
        content_type, body = "application/json", json_body(random_)
    elif kind < 0.6:
        content_type, body = form_body(random_)
    else:
        content_type, body = parameters(random_)
        action = random_.choice(("PassportOCR", "MLIDPassportOCR", "", "X", "PassportOCR\r\nX-TC-Action: X"))
        more = f"X-TC-Action: {action}\r\nX-TC-Version: 2018-11-19\r\nX-TC-Language: zh-CN\r\n"
    if random_.random() < 0.15:
        return _of_the_third_dialect(random_, content_type, body)
    length = len(body) if random_.random() < 0.8 else random_.choice(NUMBERS)
    path = random_.choice(
        (("/",) * 4 if more else ("/ocr/passport",) * 4)
        + ("/", "/?Action=X", "/docs", "/ocr/passport/s", "/livez", "/%00", "/openapi.json", "//x")
    )
    head = (
        f"{random_.choice(('POST', 'POST', 'POST', 'GET', 'HEAD', 'OPTIONS', 'BREW'))} {path} HTTP/1.1\r\n"
        f"Host: localhost\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n"
        f"Authorization: {signature(random_)}\r\n{more}\r\n"
    ).encode("latin-1", errors="replace")
    return (
        head if random_.random() < 0.6 else mutated(random_, head, (b"\r\n", b"Transfer-Encoding: chunked\r\n"))
    ) + body
