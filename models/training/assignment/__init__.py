"""The net that gives words of a page to items: what it learns from, how it is trained, exported and described."""
