"""What stands on the pictures: manifests and tables become documents with the value of each item."""

from engine.measure.truth.documents import (
    MRZ_ITEMS,
    MRZ_LINES,
    SEXES,
    Document,
    ItemTruth,
    derive_items,
    load_documents,
)

__all__ = [
    "MRZ_ITEMS",
    "MRZ_LINES",
    "SEXES",
    "Document",
    "ItemTruth",
    "derive_items",
    "load_documents",
]
