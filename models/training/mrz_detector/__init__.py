"""The net that finds machine readable zones in a picture: its training and export."""
