"""What clients see: the JSON of answers and refusals, and the OpenAPI document."""
