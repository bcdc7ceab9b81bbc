"""Values and notices become Vietnamese here, and nowhere else."""
