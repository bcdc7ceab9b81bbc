"""Each component of the pipeline by itself, as the graph makes and runs it."""
