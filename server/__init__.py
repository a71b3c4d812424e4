"""The HTTP service and the command line. It knows no pixels: pictures are bytes or files here."""
