"""Where the interviews and the agents' sessions are kept."""
