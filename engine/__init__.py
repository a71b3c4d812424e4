"""Read a passport: the public names are gathered here once every stage is in place."""
