"""Blacks out what a passport says, for pictures to be shared; the engine itself checks that nothing is left."""
