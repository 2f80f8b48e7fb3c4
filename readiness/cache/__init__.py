"""What is kept between runs, outside of the project, and never a secret."""
