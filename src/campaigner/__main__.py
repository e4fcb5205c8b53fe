"""`python -m campaigner`."""

from campaigner.cli import program

if __name__ == "__main__":
    program()
