"""What clients of this dialect are told of each fault: a code of its documentation, and a sentence in two languages.

Which code fits which cause is said by its documentation, by its SDKs, and where both are silent by us. Messages are
constant: no text of an exception ever reaches a client through here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine import errors

from .. import faults
from ..faults import ENGINE_FAULTS, Fault
from . import faults as own


@dataclass(frozen=True, slots=True)
class Error:
    """A code, and what to do about it."""

    code: str
    chinese: str
    english: str


NO_PASSPORT: Final = ENGINE_FAULTS[errors.NothingToRead]
INVALID_LIMIT: Final = "InvalidParameterValue.InvalidParameterValueLimit"
DECODE_FAILED: Final = "FailedOperation.ImageDecodeFailed"
DOWNLOAD_ERROR: Final = "FailedOperation.DownLoadError"
TOO_LARGE: Final = "LimitExceeded.TooLargeFileError"
OCR_FAILED: Final = "FailedOperation.OcrFailed"
MALFORMED_AUTHORIZATION: Final = "AuthFailure.InvalidAuthorization"

_NO_PASSPORT_TEXT: Final = (
    "图片中未识别到护照：请拍摄完整、清晰、无反光的资料页",
    "no passport could be read: show the whole data page, sharp and without reflections",
)
NO_PASSPORT_BY_ACTION: Final[Mapping[str, Error]] = {
    "PassportOCR": Error(OCR_FAILED, *_NO_PASSPORT_TEXT),  # its list of codes has no NoPassport
    "MLIDPassportOCR": Error("FailedOperation.NoPassport", *_NO_PASSPORT_TEXT),
}

_DAMAGED: Final = Error(
    DECODE_FAILED,
    "图片无法解码：文件损坏、不完整或不是图片",
    "the picture cannot be decoded: it is damaged, cut off or not a picture",
)
_NOT_OPEN: Final = Error(
    "InternalError",
    "识别引擎无法启动，请联系管理员",
    "the recognition engine could not be started: tell the operator",
)
_INTERNAL: Final = Error(
    "InternalError",
    "内部错误，请把 RequestId 告知管理员",
    "internal error: tell the operator the RequestId of this answer",
)
_BUSY: Final = Error(
    "RequestLimitExceeded", "等待处理的图片过多，请稍后重试", "too many pictures are waiting: try again shortly"
)
_BODY: Final = Error(
    "RequestSizeLimitExceeded", "请求包过大：最大 10 MB", "the request is too large: send at most 10 MB"
)
_URL: Final = Error(
    DOWNLOAD_ERROR,
    "ImageUrl 不是本服务可以下载的 http(s) 地址",
    "ImageUrl is no http(s) URL of a host this service may download from",
)
_FOREIGN: Final = Error(
    "UnauthorizedOperation",
    "服务以 --no-auth 启动，只为本机程序服务",
    "without authorization only programs of this machine are served: start the service with credentials",
)
_NO_QUEUE: Final = Error(
    "InvalidRequest", "本服务不接受稍后读取的请求", "this service reads pictures at once, never later"
)
_HTTP: Final = Error(
    "InvalidRequest",
    "不是有效的 HTTP/1.1 请求：请检查请求行、请求头和长度",
    "this is not a valid HTTP/1.1 request: check the client's line, headers and length",
)
_WRONG_PARAMETER: Final = Error(
    "InvalidParameter",
    "参数类型错误、重复，或请求体不是 JSON 对象",
    "a parameter is of the wrong type or named twice, or the body is no JSON object: correct it",
)
_NO_APP: Final = Error(
    "AuthFailure.SecretIdNotFound",
    "SecretId 不存在或已吊销，请向管理员申请密钥",
    "the SecretId is unknown or was revoked: ask the operator for a key",
)
_AUTHORIZATION: Final = Error(
    MALFORMED_AUTHORIZATION,
    "Authorization 格式错误：应为 TC3-HMAC-SHA256 Credential=…, SignedHeaders=content-type;host, Signature=…",
    "the Authorization header is malformed: it is TC3-HMAC-SHA256 Credential=…, SignedHeaders=content-type;host, "
    "Signature=…",
)

ERRORS: Final[Mapping[Fault, Error]] = {
    # Who asks
    faults.SIGNATURE_EMPTY: Error(
        "MissingParameter",
        "缺少签名：请使用 SDK，或发送 Authorization 请求头",
        "the signature is missing: use an SDK, or send an Authorization header",
    ),
    faults.SIGNATURE_MALFORMED: _AUTHORIZATION,
    faults.SIGNATURE_SINGLE_USE: _AUTHORIZATION,
    faults.SIGNATURE_LIFETIME: _AUTHORIZATION,
    faults.SIGNATURE_FROM_FUTURE: Error(
        "AuthFailure.SignatureExpire",
        "签名时间与服务器时间相差超过五分钟：请校准客户端时钟",
        "the signature's time is more than five minutes from the server's: set the client's clock",
    ),
    faults.SIGNATURE_EXPIRED: Error(
        "AuthFailure.SignatureExpire",
        "签名时间与服务器时间相差超过五分钟：请校准客户端时钟",
        "the signature's time is more than five minutes from the server's: set the client's clock",
    ),
    faults.APP_UNKNOWN: _NO_APP,
    faults.SECRET_ID_UNKNOWN: _NO_APP,
    faults.APP_MISMATCH: _NO_APP,
    faults.SIGNATURE_WRONG: Error(
        "AuthFailure.SignatureFailure",
        "签名验证失败：请检查 SecretKey；经过代理时须保留 Host（nginx：proxy_set_header Host $http_host;）",
        "the signature does not hold: check the SecretKey, and that a proxy keeps Host "
        "(nginx: proxy_set_header Host $http_host;)",
    ),
    faults.TOO_MANY_REQUESTS: Error(
        "RequestLimitExceeded", "请求过于频繁，请稍后重试", "this app sends too many requests: wait a moment"
    ),
    faults.TOO_MANY_FAILURES: Error(
        "RequestLimitExceeded",
        "该地址的签名错误过多：请改正后稍后重试",
        "too many signatures from this address failed: correct them, and wait a moment",
    ),
    own.TIMESTAMP_MISSING: Error("MissingParameter", "缺少 X-TC-Timestamp", own.TIMESTAMP_MISSING.message),
    own.TIMESTAMP_MALFORMED: Error("InvalidParameter", "时间戳应为十进制秒数", own.TIMESTAMP_MALFORMED.message),
    own.COMMON_MISSING: Error(
        "MissingParameter",
        "缺少公共参数：Action、Version、Timestamp、Nonce、SecretId、Signature 均须发送",
        own.COMMON_MISSING.message,
    ),
    own.COMMON_MALFORMED: Error("InvalidParameter", "公共参数格式错误", own.COMMON_MALFORMED.message),
    own.UNSIGNED_PAYLOAD: Error(
        MALFORMED_AUTHORIZATION, "本服务不接受 UNSIGNED-PAYLOAD：请对请求体签名", own.UNSIGNED_PAYLOAD.message
    ),
    faults.FOREIGN_HOST: _FOREIGN,
    faults.FOREIGN_PAGE: _FOREIGN,
    # What is asked for
    own.ACTION_MISSING: Error("MissingParameter", "缺少 X-TC-Action", own.ACTION_MISSING.message),
    own.ACTION_UNKNOWN: Error(
        "InvalidAction", "接口不存在：支持 PassportOCR 和 MLIDPassportOCR", own.ACTION_UNKNOWN.message
    ),
    own.VERSION_MISSING: Error("MissingParameter", "缺少 X-TC-Version", own.VERSION_MISSING.message),
    own.VERSION_UNKNOWN: Error("NoSuchVersion", "版本不存在：支持 2018-11-19", own.VERSION_UNKNOWN.message),
    own.NO_PICTURE: Error(INVALID_LIMIT, "缺少图片：请发送 ImageBase64 或 ImageUrl", own.NO_PICTURE.message),
    faults.PARAMETER_MISSING: Error(
        INVALID_LIMIT, "缺少图片：请发送 ImageBase64 或 ImageUrl", own.NO_PICTURE.message
    ),
    faults.PARAMETER_TOO_LONG: Error(
        INVALID_LIMIT, "参数过长：ImageUrl 最多 2048 个字符", "ImageUrl is too long: send at most 2048 characters"
    ),
    faults.PARAMETER_WRONG: _WRONG_PARAMETER,
    faults.MALFORMED: _WRONG_PARAMETER,
    faults.NO_FLAG: _WRONG_PARAMETER,
    faults.SESSION_ID_LINES: _WRONG_PARAMETER,
    faults.MEDIA_TYPE: Error(
        "InvalidRequest",
        "Content-Type 应为 application/json 或 application/x-www-form-urlencoded",
        "the content type is not accepted: send application/json or application/x-www-form-urlencoded",
    ),
    faults.METHOD_NOT_FOUND: Error("UnsupportedProtocol", "请使用 POST 或 GET", "use POST or GET"),
    faults.NOT_FOUND: Error("InvalidAction", "路径应为 /", "there is nothing at this path: use /"),
    # The picture
    own.BASE64_TOO_LONG: Error(TOO_LARGE, "ImageBase64 过长：最多 10 M 个字符", own.BASE64_TOO_LONG.message),
    faults.PICTURE_EMPTY: Error(DECODE_FAILED, "图片为空", "the picture is empty: send the bytes of a picture file"),
    faults.NOT_BASE64: Error(
        DECODE_FAILED, "ImageBase64 不是 Base64 编码", "ImageBase64 is not base64: encode the bytes of the file"
    ),
    ENGINE_FAULTS[errors.UnsupportedFormat]: Error(
        DECODE_FAILED,
        "不支持该图片格式：请使用 JPEG、PNG、BMP、WebP 或 TIFF",
        "the picture format is not supported: send JPEG, PNG, BMP, WebP or TIFF",
    ),
    ENGINE_FAULTS[errors.NotAnImage]: _DAMAGED,
    ENGINE_FAULTS[errors.BadImage]: _DAMAGED,
    ENGINE_FAULTS[errors.ImageTooLarge]: Error(
        TOO_LARGE, "图片像素过多：请缩小后重试", "the picture has too many pixels: send a smaller one"
    ),
    faults.BAD_URL: _URL,
    faults.DOWNLOAD_OFF: Error(
        DOWNLOAD_ERROR,
        "本服务不下载图片：请使用 ImageBase64",
        "this service does not download: send the picture in ImageBase64",
    ),
    faults.DOWNLOAD_TOO_SLOW: Error(DOWNLOAD_ERROR, "下载 ImageUrl 超时", "downloading ImageUrl took too long"),
    faults.DOWNLOAD_FAILED: Error(
        DOWNLOAD_ERROR, "ImageUrl 下载失败", "ImageUrl could not be downloaded: it must answer 200 with the picture"
    ),
    faults.DOWNLOAD_TOO_LARGE: Error(
        DOWNLOAD_ERROR, "ImageUrl 的图片过大", "the picture at ImageUrl is too large to be downloaded"
    ),
    NO_PASSPORT: Error(OCR_FAILED, *_NO_PASSPORT_TEXT),
    # The service
    faults.BODY_TOO_LARGE: _BODY,
    faults.LENGTH_REQUIRED: Error(
        "InvalidRequest", "缺少 Content-Length", "Content-Length is missing: chunked bodies are not accepted"
    ),
    faults.REQUEST_TOO_SLOW: Error(
        "InvalidRequest", "请求发送过慢，请重试", "the request took too long to arrive: send it again, faster"
    ),
    faults.NOT_HTTP: _HTTP,
    faults.AMBIGUOUS_LENGTH: _HTTP,
    faults.HEAD_TOO_LONG: Error(
        "RequestSizeLimitExceeded",
        "请求头或查询串过长：最大 64 KB，图片请用 POST 发送",
        "the line and headers are too long: send at most 64 KB of them, and pictures by POST",
    ),
    faults.OVERLOADED: _BUSY,
    faults.STARTING: Error(
        "ServiceUnavailable", "服务正在启动，请稍后重试", "the service is still starting: try again shortly"
    ),
    faults.NO_QUEUE: _NO_QUEUE,
    faults.WAITING: _BUSY,
    faults.ENDING: Error("ServiceUnavailable", "服务正在停止，请稍后重新发送图片", faults.ENDING.message),
    faults.STORE_DOWN: Error("ServiceUnavailable", "存储不可用，请稍后重试", faults.STORE_DOWN.message),
    faults.NOT_STORED: Error("FailedOperation", "没有该结果", "there is no such answer"),
    faults.ENGINE_NOT_OPEN: _NOT_OPEN,
    ENGINE_FAULTS[errors.ReaderTimeout]: Error(
        OCR_FAILED, "识别超时：请使用更小或更清晰的图片", "reading took too long: send a smaller or clearer picture"
    ),
    ENGINE_FAULTS[errors.ReaderFailed]: Error(
        "InternalError", "识别失败，请重试或更换图片", "the reader failed on this picture: try again or send another"
    ),
    ENGINE_FAULTS[errors.PassportError]: _INTERNAL,
    faults.INTERNAL: _INTERNAL,
}
"""Each fault without ``retry_after`` and ``hang_up``, which change from case to case."""


def error_of(fault: Fault, action: str = "") -> Error:
    """What is told of ``fault``, where ``action`` was asked for; of one that nobody foresaw, an internal error."""
    cause = fault.cause
    if cause == NO_PASSPORT and action in NO_PASSPORT_BY_ACTION:
        return NO_PASSPORT_BY_ACTION[action]
    return _BY_CAUSE.get(cause, _INTERNAL)


_BY_CAUSE: Final[Mapping[Fault, Error]] = {fault.cause: error for fault, error in ERRORS.items()}
