"""Stage 9: tells what about the picture made reading hard."""
