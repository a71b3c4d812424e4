"""Stage 7, from pixels to lines: finds the text lines of a page and cuts them out."""
