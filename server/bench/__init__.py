"""The report of ``passport-ocr bench``: one page for people, in English and Chinese, that needs nothing else."""
