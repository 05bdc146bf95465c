"""What the scripts of benchmarks/ share, and what runs, compares and keeps them all."""
