"""What was taken over whole from a gazetteer; what was entered by hand lies one folder up."""
