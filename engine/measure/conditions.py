"""Groups of pictures that goals are set for, told from their tags."""

from engine.measure.truth import Document

_DAMAGED = frozenset({"copy", "binarised", "infrared", "gray", "spread", "tight", "cropped_mrz_only", "overlay"})


def conditions(document: Document) -> list[str]:
    """The groups a picture belongs to.

    ``scan150``: scanned at 150 dpi or more. ``scan94``: at 94 dpi, as web pages ask for. ``photo``: by a camera.
    ``chinese_clean200``: a Chinese page, colour, flat and whole, at 200 dpi or more. ``chinese_scan94``: a Chinese
    page at 94 dpi.
    """
    tags = set(document.tags)
    dpi = max((int(tag[3:]) for tag in tags if tag.startswith("dpi") and tag[3:].isdigit()), default=0)
    chinese, scan = "chinese" in tags, "scan" in tags
    groups = {
        "scan150": scan and dpi >= 150,
        "scan94": scan and dpi == 94,
        "photo": "photo" in tags,
        "chinese_clean200": chinese and scan and dpi >= 200 and not tags & _DAMAGED,
        "chinese_scan94": chinese and scan and dpi == 94,
    }
    return [name for name, belongs in groups.items() if belongs]
