"""Parsl's high-throughput executor on n functions that return their argument; prints functions a second."""
import sys
import time

import parsl
from parsl.config import Config
from parsl.executors import HighThroughputExecutor
from parsl.providers import LocalProvider


@parsl.python_app
def noop(x):
    return x


def main(n):
    executor = HighThroughputExecutor(
        address="127.0.0.1", max_workers_per_node=2, cores_per_worker=1, prefetch_capacity=16, encrypted=False,
        provider=LocalProvider(init_blocks=1, max_blocks=1))
    with parsl.load(Config(executors=[executor], strategy="none", run_dir="runinfo")):
        [future.result() for future in [noop(i) for i in range(100)]]
        begun = time.perf_counter()
        results = [future.result() for future in [noop(i) for i in range(n)]]
        seconds = time.perf_counter() - begun
    assert results == list(range(n))
    print(n / seconds)


if __name__ == "__main__":
    main(int(sys.argv[1]))
