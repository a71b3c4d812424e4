"""What stands on the pictures: manifests and tables become documents with the value of each item."""

from engine.measure.truth.documents import (
    MRZ_ITEMS,
    SEXES,
    Document,
    ItemTruth,
    derive_items,
    load_documents,
)
from engine.measure.truth.folder import Truth, find_table, load_truth
from engine.measure.truth.rows import Problem, ProblemKind
from engine.measure.truth.tables import TABLES, TableRefused

__all__ = [
    "MRZ_ITEMS",
    "SEXES",
    "TABLES",
    "Document",
    "ItemTruth",
    "Problem",
    "ProblemKind",
    "TableRefused",
    "Truth",
    "derive_items",
    "find_table",
    "load_documents",
    "load_truth",
]
