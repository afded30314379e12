"""Prints what botocore's retry mode "adaptive" makes of a trace of requests.

    python tests/botocore/rates.py > tests/botocore/rates.tsv

Several callers share a client. Its service has a limit that changes with time, and throttles the requests beyond it.
The clock is simulated. The handlers are those that botocore registers for a client, called in place of its events.

Columns, tab-separated: the time in seconds since the client was created; the event; how long botocore waits; and after
the event the measured rate, the fill rate, the capacity and the number of tokens. Events:

    wait       a request needs a token that is not there, and waits until the next event or for the given time
    send       a request is sent, and has taken a token if the rate is limited
    success    a request has ended, and was not throttled
    throttled  a request has ended, and was throttled
"""

import heapq
import math
import random

import botocore.awsrequest
import botocore.retries.adaptive
import botocore.retries.bucket

# From which time on the service takes how many requests a second, and how many come.
PHASES = [
    (0, 100, 8),
    (3, 6, 20),
    (9, 2, 15),
    (20, 60, 15),
    (26, 0, 8),
    (40, 12, 12),
    (48, 100, 0.05),
    (150, 100, 10),
    (154, 5, 25),
    (160, math.inf, math.inf),
]


class Clock:
    time = 0.0

    def current_time(self):
        return Clock.time


class Events:
    def register(self, name, handler):
        setattr(self, name.replace("-", "_"), handler)


class Client:
    """As much of a client as the handlers need."""

    def __init__(self):
        self.meta = self
        self.events = Events()


class Waiting:
    """Stands in for the condition on which botocore waits: others go on meanwhile."""

    def __init__(self, trace):
        self.trace = trace

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def notify(self):
        pass

    def wait(self, seconds):
        self.trace.row("wait", seconds)
        # Timers have whole milliseconds.
        until = Clock.time + max(math.ceil(seconds * 1000), 1) / 1000
        if not self.trace.end_request(before=until):
            Clock.time = until


class Trace:
    def __init__(self):
        botocore.retries.bucket.Clock = Clock
        self.client = Client()
        self.limiter = botocore.retries.adaptive.register_retry_handler(self.client)
        self.bucket = self.limiter._token_bucket
        self.bucket._new_fill_rate_condition = Waiting(self)
        self.random = random.Random(17)
        # When requests end, and whether they are throttled.
        self.sent = []
        self.taken = []

    def phase(self):
        return [phase for phase in PHASES if phase[0] <= Clock.time][-1]

    def row(self, event, wait=0.0):
        measured = float(self.limiter._rate_clocker.measured_rate)
        bucket = self.bucket
        numbers = [
            measured,
            float(bucket.max_rate),
            float(bucket.max_capacity),
            float(bucket.available_capacity),
        ]
        columns = [repr(Clock.time), event, repr(float(wait)), *map(repr, numbers)]
        print("\t".join(columns))

    def send_request(self):
        self.client.events.before_send(request=None)
        self.row("send")
        now = Clock.time
        _, limit, _ = self.phase()
        self.taken = [time for time in self.taken if time > now - 1]
        throttled = len(self.taken) >= limit
        if not throttled:
            self.taken.append(now)
        heapq.heappush(self.sent, (now + 0.02 + 0.2 * self.random.random(), throttled))

    def end_request(self, before):
        """Ends the request that ends next, if it ends before the given time."""
        if not self.sent or self.sent[0][0] >= before:
            return False
        Clock.time, throttled = heapq.heappop(self.sent)
        error = {"Code": "Throttling" if throttled else "NoSuchEntity"}
        parsed = {"Error": error} if throttled or self.random.random() < 0.1 else {}
        response = botocore.awsrequest.AWSResponse("", 400 if parsed else 200, {}, None)
        self.client.events.needs_retry(
            response=(response, parsed),
            attempts=1,
            operation=None,
            caught_exception=None,
            request_dict={"context": {}},
        )
        self.row("throttled" if throttled else "success")
        return True

    def run(self):
        print("time\tevent\twait\tmeasured_rate\tfill_rate\tcapacity\ttokens")
        while True:
            start, _, rate = self.phase()
            if start == PHASES[-1][0]:
                break
            following = Clock.time + 2 * self.random.random() / rate
            while self.end_request(before=following):
                pass
            Clock.time = max(Clock.time, following)
            self.send_request()


Trace().run()
