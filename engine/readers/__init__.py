"""Stage 4: reads line images. All readers stand behind one Protocol (`engine.readers.base`)."""
