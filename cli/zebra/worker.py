"""A thread that makes calls for a main thread that signals may interrupt anywhere."""

from queue import Empty, SimpleQueue
from threading import Thread


class Worker:
    """Makes one call at a time, in the order in which they are given.

    Not an executor of concurrent.futures: a signal's exception in the middle of its locks, which
    are written in Python, leaves one held, and both threads wait for ever. These queues' are not.
    """

    def __init__(self):
        self._calls = SimpleQueue()
        self._answers = SimpleQueue()
        Thread(target=self._work, daemon=True).start()

    def call(self, call, *arguments, watch=lambda: None, every=0.2):
        """What the call returns, or raise what it raises.

        watch: called again and again meanwhile, with `every` seconds between. Whatever it or a
        signal raises leaves the call running: see `wait`.
        """
        this = object()
        self._calls.put((this, call, arguments))
        while True:
            try:
                # With a time-out, because Windows hears of Ctrl-C between two waits only.
                of, result, error = self._answers.get(timeout=every)
            except Empty:
                watch()
                continue
            # Another's was left by a caller who was interrupted.
            if of is not this:
                continue
            if error:
                raise error
            return result

    def wait(self, interrupt):
        """Return when no call is running.

        interrupt: ends one, and is called again and again, for an interrupt before a query has
        begun is lost.
        """
        interrupt()
        self.call(lambda: None, watch=interrupt, every=0.05)

    def stop(self):
        """End the thread, once it has made what calls it was given."""
        self._calls.put(None)

    def _work(self):
        while given := self._calls.get():
            this, call, arguments = given
            try:
                answer = this, call(*arguments), None
            except BaseException as error:
                answer = this, None, error
            self._answers.put(answer)
