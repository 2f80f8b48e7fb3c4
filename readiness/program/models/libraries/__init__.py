"""What other people's libraries do, one file for each: tables as far as they can be."""
