"""The interview application's backend."""
