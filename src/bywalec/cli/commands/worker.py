"""``bywalec worker``: works off deliveries and schedules in a process of its own."""

import signal
import threading
from types import FrameType

from bywalec.cli.language import _
from bywalec.cli.project import start_django
from bywalec.cli.terminal import note


def worker() -> None:
    """Work off what is due until SIGTERM or Ctrl C; the batch in hand is finished first."""
    start_django()
    from bywalec.foundation.listening import RemoteBells
    from bywalec.foundation.runner import Runner

    told_to_stop = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        told_to_stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    bells, runner = RemoteBells(), Runner()
    bells.start()
    runner.start()
    note(_("the worker is running"))
    told_to_stop.wait()
    runner.stop()
    bells.stop()
    note(_("the worker has ended"))
