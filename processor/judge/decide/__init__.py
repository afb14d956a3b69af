"""What to do in each situation, and why nothing else."""
