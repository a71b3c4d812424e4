"""What states print, as data: a tab-separated file a table, and beside it the module that loads it.

A file begins with comment lines (``#``) that say what it holds and where that comes from; then come a header and one
row a state or term, whose last column is the row's source (in `gazetteer` the comment names it for
all). Files are read when first asked for, once in a process.
"""
