"""The models that ship with the engine; `engine.weights` opens them."""
