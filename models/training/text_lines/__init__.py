"""The net that marks lines of text on a page view: its training and export."""
