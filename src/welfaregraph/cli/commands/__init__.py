"""One module per command; each names its ``command``. A new module is a new command."""
