"""Work that a copy of the process does while this one goes on."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from campaigner.build.meanwhile import meanwhile

ALONE = """\
import os
from campaigner.build.meanwhile import meanwhile
here = os.getpid()
there, = meanwhile(lambda: {os.getpid(): here})()
print("elsewhere" if there != here else "here")
"""
FAILING = """\
import os
from campaigner.build.meanwhile import meanwhile
here = os.getpid()
def work():
    if os.getpid() != here:
        raise OSError
    return "done here"
print(meanwhile(work)())
"""


def told(program: str) -> str:
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return run.stdout.strip()


def test_the_work_is_done_by_a_copy_of_the_process() -> None:
    assert told(ALONE) == ("elsewhere" if sys.platform == "linux" else "here")


def test_work_that_a_copy_fails_in_is_done_here() -> None:
    assert told(FAILING) == "done here"


def test_beside_other_threads_it_is_done_here_when_it_is_asked_for() -> None:
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    try:
        assert meanwhile(os.getpid)() == os.getpid()
    finally:
        end.set()
        thread.join()


AHEAD = """\
import os, signal
from campaigner.build.meanwhile import ahead
here = os.getpid()
def square(number):
    {before}
    return number * number if os.getpid() == here else number * number + 0.5
with ahead(square, range(6)) as made:
    print('made', *({of}))
try:
    os.waitpid(-1, 0)
except ChildProcessError:
    print("and nobody is left")
"""


def squares(before: str = "pass", of: str = "made") -> str:
    return told(AHEAD.format(before=before, of=of))


#: what a copy makes ends in a half, so that it can be told from what was made here
THERE = "0.5 1.5 4.5 9.5 16.5 25.5"


@pytest.mark.skipif(sys.platform != "linux", reason="nothing is copied elsewhere")
@pytest.mark.parametrize(
    ("before", "of", "wanted"),
    [
        ("pass", "made", THERE),
        ("pass", "[next(made), next(made)]", "0.5 1.5"),
        ("pass", "[]", ""),
        (
            "if number == 2 and os.getpid() != here: os.kill(os.getpid(), signal.SIGKILL)",
            "made",
            "0.5 1.5 4 9 16 25",
        ),
        ("if number == 2 and os.getpid() != here: raise OSError", "made", "0.5 1.5 4 9 16 25"),
        ("if number == 0 and os.getpid() != here: os._exit(1)", "made", "0 1 4 9 16 25"),
    ],
    ids=["all", "some", "none", "killed", "failed", "never begun"],
)
def test_what_a_copy_did_not_come_to_is_done_here(before: str, of: str, wanted: str) -> None:
    assert squares(before, of).split("\n") == [f"made {wanted}".strip(), "and nobody is left"]


def test_what_goes_wrong_in_both_is_told_here() -> None:
    run = subprocess.run(
        [sys.executable, "-c", AHEAD.format(before="raise OSError('no such number')", of="made")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert run.stderr.count("Traceback") == 1
    assert "no such number" in run.stderr


KILLED = """\
import os, signal, sys, time
from pathlib import Path
from campaigner.build.meanwhile import {way}
def work(*_):
    Path(sys.argv[1]).write_text(str(os.getpid()))
    time.sleep(30)
{begin}
while not (os.path.exists(sys.argv[1]) and os.path.getsize(sys.argv[1])):
    time.sleep(0.01)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="nothing is copied elsewhere")
@pytest.mark.parametrize(
    ("way", "begin"),
    [("meanwhile", "result = meanwhile(work)"), ("ahead", "made = ahead(work, [1, 2])\nmade.__enter__()")],
)
def test_a_copy_ends_with_its_process_and_nobody_waits_for_it(way: str, begin: str, tmp_path: Path) -> None:
    file = tmp_path / "copy"
    program = KILLED.format(way=way, begin=begin)
    # this waits until nobody has its output open any more
    subprocess.run([sys.executable, "-c", program, str(file)], capture_output=True, check=False, timeout=10)
    copy = Path("/proc", file.read_text())
    end = time.monotonic() + 10
    while copy.exists() and "zombie" not in (copy / "status").read_text():
        assert time.monotonic() < end, "the copy goes on"
        time.sleep(0.05)


@pytest.mark.skipif(sys.platform != "linux", reason="nothing is copied elsewhere")
def test_a_copy_can_be_made_where_output_was_closed() -> None:
    program = (
        f"import os\nos.close(0)\nos.close(1)\n{ALONE}".replace("print(", "os.write(2, str.encode(") + ")"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert run.stderr == "elsewhere"
