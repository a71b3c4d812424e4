"""The OCR-B network in Tesseract's file format: its training and export."""
