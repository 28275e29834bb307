"""``python -m linewalker`` is ``linewalker``."""

from linewalker.cli import main

if __name__ == "__main__":
    main()
