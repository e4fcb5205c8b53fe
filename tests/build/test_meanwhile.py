"""Work that a copy of the process does while this one goes on."""

import os
import subprocess
import sys
import threading

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
