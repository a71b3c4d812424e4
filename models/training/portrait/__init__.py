"""The net that marks the holder's portrait on a page view: its training and export."""
