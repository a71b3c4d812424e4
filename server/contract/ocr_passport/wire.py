"""The contract's JSON as types: what a request may hold, what an answer looks like (``contract/notes.md``)."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def _encodable(text: str) -> str:
    text.encode()  # JSON can spell half a surrogate pair, which no answer and no log could hold
    return text


Text = Annotated[str, AfterValidator(_encodable)]
Probability = Annotated[float, Field(ge=0, le=1)]
Pixel = Annotated[int, Field(ge=0)]


class RequestFields(BaseModel):
    """The fields of a request, of JSON and multipart alike; unknown ones are ignored.

    ``image`` is base64 text, or the bytes of a file part. ``base64`` and ``appid`` are older names.
    """

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True, hide_input_in_errors=True, extra="ignore")

    app_id: Text | None = Field(None, description="the app that asks", examples=["123456"])
    appid: Text | None = Field(None, description="the same, as the public SDK spells it")
    session_id: Text | None = Field(None, description="echoed; made by the service where absent")
    image: str | bytes | None = Field(None, repr=False, description="the picture: base64, or a file part")
    base64: str | bytes | None = Field(None, repr=False, description="the same, as an earlier contract spelt it")
    url: str | None = Field(None, repr=False, description="base64 of the picture, or its URL; wins over image")
    warnings: bool = Field(False, description="whether warnings about the picture shall stand beside the data")


class Strict(BaseModel):
    """An answer's part: nothing more and nothing less than the contract names."""

    model_config = ConfigDict(extra="forbid")


class Box(Strict):
    """An upright box in pixels of the picture as a viewer shows it; zero where no place is known."""

    x: Pixel
    y: Pixel
    width: Pixel
    height: Pixel


class Corner(Strict):
    """A corner of a quadrilateral, in pixels."""

    x: Pixel
    y: Pixel


class Word(Strict):
    """One character of the value as printed."""

    character: str = Field(min_length=1, max_length=1)
    confidence: Probability


class CandidateWord(Strict):
    """Other characters that may stand at ``position`` of the value."""

    position: int = Field(ge=0)
    candwords: list[Word]


class ItemAnswer(Strict):
    """One of the fifteen items."""

    item: str
    itemcoord: Box
    itemconf: Probability
    itemstring: str
    coords: list[Corner] = Field(description="four corners from top-left clockwise in reading direction, or none")
    words: list[Word]
    candword: list[CandidateWord]


class Data(Strict):
    """A reading: always all fifteen items, in the contract's order."""

    kind: list[Any] = Field(alias="class", max_length=0)
    session_id: str
    items: list[ItemAnswer] = Field(min_length=15, max_length=15)


class WarningAnswer(Strict):
    """What a person should know beside the items. Holds nothing that was read."""

    warning: str = Field(description="what is amiss: a code of docs/warnings.md", examples=["CONTRADICTION"])
    items: list[str] = Field(description="the items it concerns by their names in data, none where it concerns all")
    advice: str = Field(description="what is amiss and what to do, in English")


class Answer(Strict):
    """What HTTP 200 carries; with a code other than 0 all fifteen items are empty."""

    code: int
    message: str
    data: Data
    warnings: list[WarningAnswer] = Field(
        default_factory=list, description="with code 0, and only where the request asked for them"
    )


class AcceptedData(Strict):
    """Under which name the answer will be found."""

    session_id: str


class Accepted(Strict):
    """What HTTP 202 carries: the picture will be read."""

    code: int
    message: str
    data: AcceptedData


class Refusal(Strict):
    """What every other HTTP status carries."""

    code: int
    message: str
