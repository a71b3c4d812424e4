"""Programs that run inside another system's own virtual environment and let it read pictures, one at a time.

They import the standard library, that system, and each other only. Debian's Tesseract, which most of them call, is
fetched where it is not installed.
"""
