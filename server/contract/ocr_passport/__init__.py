"""The dialect of ``POST /ocr/passport``: fifteen items with boxes and confidences, refusals with a code."""
