"""A typed value out of what a person wrote, for the question that was asked. Pure."""
