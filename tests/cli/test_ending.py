"""The program ends at once, and still in order."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest


def ended(code: str) -> "subprocess.CompletedProcess[str]":
    program = f"from campaigner.cli.ending import ended_at_once\nimport atexit, sys, threading, time\n{code}"
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("code", [0, 1, 2, 141])
def test_it_ends_with_its_code_and_all_that_it_said(code: int) -> None:
    told = ended(f"with ended_at_once():\n    print('x' * 100_000)\n    sys.exit({code})")
    assert (told.returncode, len(told.stdout)) == (code, 100_001)


def test_objects_are_not_taken_apart_one_by_one() -> None:
    loud = "class Loud:\n    def __del__(self): print('taken apart')\nkept = Loud()\n"
    assert ended(f"{loud}sys.exit()").stdout == "taken apart\n"
    assert ended(f"{loud}with ended_at_once():\n    sys.exit()").stdout == ""


def test_what_others_do_at_the_end_is_done_first() -> None:
    work = "    threading.Thread(target=lambda: (time.sleep(0.2), print('the thread'))).start()\n"
    last = "    atexit.register(print, 'registered')\n"
    told = ended(f"with ended_at_once():\n{work}{last}    sys.exit(3)")
    assert (told.returncode, told.stdout) == (3, "the thread\nregistered\n")


def test_a_bug_is_still_told() -> None:
    told = ended("with ended_at_once():\n    raise RuntimeError('a bug')")
    assert told.returncode == 1
    assert "RuntimeError: a bug" in told.stderr
    told = ended("with ended_at_once():\n    sys.exit('a text')")
    assert (told.returncode, told.stderr) == (1, "a text\n")


def test_what_cannot_be_written_is_not_passed_over() -> None:
    told = ended(
        "with ended_at_once():\n    sys.stdout = open('/dev/full', 'w')\n    print('x')\n    sys.exit()"
    )
    assert told.returncode != 0


def test_ctrl_c_while_the_program_is_loaded_ends_it_in_silence(tmp_path: Path) -> None:
    (tmp_path / "click.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n")
    told = subprocess.run(
        [sys.executable, "-m", "campaigner", "list"],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stdout, told.stderr) == (-signal.SIGINT, "", "")
