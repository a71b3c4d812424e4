"""What is handed to whoever asked: the reading, its dates, pictures of its parts, a drawing of all of it."""
