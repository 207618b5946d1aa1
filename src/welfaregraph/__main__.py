"""``python -m welfaregraph``."""

from welfaregraph.cli import main

if __name__ == "__main__":
    main()
