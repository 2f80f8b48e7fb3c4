"""What scripts, Makefiles and pipelines do to deploy: the programs that they call, in order."""
