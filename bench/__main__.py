"""Runs every measurement and says whether the promises hold."""

import sys

from bench import festival_days, first_visit, publishing, sign_page


def main() -> int:
    """Print the tables; 1 when a promise is not kept."""
    kept = [first_visit.main(), sign_page.main(), publishing.main(), festival_days.main()]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
