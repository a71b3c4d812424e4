"""Reads archives of pictures: any number, over several processes, resumable after any kind of end."""
