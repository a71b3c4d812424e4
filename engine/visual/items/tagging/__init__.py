"""A network says of every word of the page what it is, and which words are the value of an item."""
