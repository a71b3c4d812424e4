"""The command line ``passport-ocr``: read pictures, serve, manage apps."""
