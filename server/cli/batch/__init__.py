"""The command ``passport-ocr batch``."""
