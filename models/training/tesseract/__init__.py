"""tesseract."""
