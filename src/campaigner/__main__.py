"""`python -m campaigner`."""

from campaigner.cli import main

if __name__ == "__main__":
    main()
