"""Who does not answer is left alone for a while, asked once again, and the log says so seldom."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.search.circuit import Circuit

PAUSE = 5.0
THREADS = 20


class Clock:
    """Seconds that pass when the test says so."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def circuit(clock) -> Circuit:
    return Circuit("The index", failures=3, pause=PAUSE, clock=clock)


@pytest.fixture
def said(caplog) -> Callable[[], list[str]]:
    caplog.set_level(logging.DEBUG, "directory.search.circuit")
    return lambda: [record.getMessage() for record in caplog.records]


def _fail(circuit: Circuit, times: int = 3) -> None:
    for _ in range(times):
        circuit.failed("no answer")


@pytest.mark.parametrize("failures", [1, 3, 7])
def test_it_opens_after_so_many_failures_in_a_row(clock, failures):
    circuit = Circuit("The index", failures=failures, pause=PAUSE, clock=clock)
    _fail(circuit, failures - 1)
    assert circuit.state == "closed"
    assert circuit.admits()
    _fail(circuit, 1)
    assert circuit.state == "open"
    assert not circuit.admits()


def test_an_answer_in_between_starts_the_count_anew(circuit):
    for _ in range(5):
        _fail(circuit, 2)
        circuit.succeeded()
    assert circuit.state == "closed"


def test_while_it_is_closed_everybody_may_ask(circuit):
    _fail(circuit, 2)
    assert all(circuit.admits() for _ in range(50))


def test_while_it_is_open_nobody_asks_until_the_pause_is_over(circuit, clock):
    _fail(circuit)
    clock.now += PAUSE - 0.01
    assert circuit.state == "open"
    assert not any(circuit.admits() for _ in range(50))
    clock.now += 0.01
    assert circuit.state == "half-open"
    assert circuit.admits()


def test_half_open_it_admits_one(circuit, clock):
    _fail(circuit)
    clock.now += PAUSE
    assert [circuit.admits() for _ in range(5)] == [True, False, False, False, False]


def test_asking_how_it_stands_uses_up_no_turn(circuit, clock):
    _fail(circuit)
    clock.now += PAUSE
    assert [circuit.state for _ in range(3)] == ["half-open"] * 3
    assert circuit.admits()


def test_a_failed_probe_opens_it_for_another_pause(circuit, clock):
    _fail(circuit)
    clock.now += PAUSE
    assert circuit.admits()
    clock.now += 2
    _fail(circuit, 1)
    clock.now += PAUSE - 0.01
    assert not circuit.admits()
    clock.now += 0.01
    assert circuit.admits()


def test_a_probe_that_is_never_heard_of_again_keeps_nobody_out_for_ever(circuit, clock):
    _fail(circuit)
    clock.now += PAUSE
    assert circuit.admits()
    clock.now += PAUSE
    assert circuit.admits()


def test_an_answer_closes_it_for_everybody_and_it_says_so(circuit, clock, said):
    _fail(circuit)
    clock.now += PAUSE
    assert circuit.admits()
    circuit.succeeded()
    assert circuit.state == "closed"
    assert all(circuit.admits() for _ in range(5))
    assert said() == ["The index: no answer.", "The index: well again."]


def test_after_healing_it_takes_as_many_failures_again(circuit):
    _fail(circuit)
    circuit.succeeded()
    _fail(circuit, 2)
    assert circuit.state == "closed"
    _fail(circuit, 1)
    assert circuit.state == "open"


def test_answers_of_a_healthy_server_are_not_logged(circuit, said):
    for _ in range(10):
        circuit.succeeded()
    assert said() == []


def test_failures_are_logged_at_most_once_a_minute(circuit, clock, said):
    for _ in range(60):
        _fail(circuit, 4)
        clock.now += 1
    assert said() == ["The index: no answer."]
    _fail(circuit, 1)
    assert said() == ["The index: no answer."] * 2


def test_a_server_that_comes_and_goes_fills_no_log(circuit, clock, said):
    for _ in range(12):
        _fail(circuit)
        clock.now += PAUSE
        assert circuit.admits()
        circuit.succeeded()
    assert said() == ["The index: no answer.", "The index: well again."]


def _all_at_once(act: Callable[[int], bool]) -> list[bool]:
    barrier = threading.Barrier(THREADS)

    def together(number: int) -> bool:
        barrier.wait(60)
        return act(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(together, range(THREADS)))


def test_of_twenty_threads_one_makes_the_probe(circuit, clock):
    for _ in range(20):
        _fail(circuit)
        clock.now += PAUSE
        assert sum(_all_at_once(lambda _: circuit.admits())) == 1


def test_twenty_threads_lose_no_failure_and_log_one_line(clock, said):
    circuit = Circuit("The index", failures=THREADS * 100, pause=PAUSE, clock=clock)

    def fail(number: int) -> bool:
        for _ in range(100 - (number == 0)):
            circuit.failed("no answer")
        return True

    assert all(_all_at_once(fail))
    assert circuit.state == "closed"
    _fail(circuit, 1)
    assert circuit.state == "open"
    assert said() == ["The index: no answer."]


def test_twenty_threads_say_once_that_it_is_well_again(circuit, said):
    def succeed(_: int) -> bool:
        circuit.succeeded()
        return True

    _fail(circuit)
    assert all(_all_at_once(succeed))
    assert said() == ["The index: no answer.", "The index: well again."]


_EVENTS = st.lists(
    st.one_of(st.just("failed"), st.just("succeeded"), st.just("asks"), st.floats(0.0, 12.0))
)


@settings(deadline=None)
@given(_EVENTS)
def test_a_silent_server_is_asked_at_most_once_a_pause(events):
    """Whatever happens in whatever order: three failures in a row, then one question a pause."""
    clock = Clock()
    circuit = Circuit("The index", failures=3, pause=PAUSE, clock=clock)
    in_a_row, silent_since = 0, clock.now
    for event in events:
        if event == "failed":
            circuit.failed("no answer")
            in_a_row, silent_since = in_a_row + 1, clock.now
        elif event == "succeeded":
            circuit.succeeded()
            in_a_row = 0
        elif event == "asks":
            asked = circuit.admits()
            assert asked == (in_a_row < 3 or clock.now >= silent_since + PAUSE)
            silent_since = clock.now if asked and in_a_row >= 3 else silent_since
        else:
            clock.now += event
