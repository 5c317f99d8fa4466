"""Bounds of what schemathesis makes up: `cargo xtask conformance` sets them by the environment."""

import os
from collections import Counter

import requests
import schemathesis
from schemathesis.generation.meta import TestPhase

COVERAGE = int(os.environ["CONFORMANCE_COVERAGE"])
SEED = int(os.environ["CONFORMANCE_SEED"])
# Servers refuse longer targets, in bytes, before they look at what is in them.
LONGEST_TARGET = 4096

made_up = Counter()


@schemathesis.hook
def filter_case(context, case):
    return fits(case) and has_its_turn(case)


def fits(case):
    # Encoded, a character has up to twelve.
    if len(str(case.query)) * 12 < LONGEST_TARGET:
        return True
    request = case.as_transport_kwargs(base_url="http://localhost")
    known = ("method", "url", "params")
    request = requests.Request(**{key: request[key] for key in known if key in request})
    return len(request.prepare().url) < LONGEST_TARGET


def has_its_turn(case):
    """All of the first cases for the bounds of an operation, then every second, then every third, and so on."""
    if case.meta is None or case.meta.phase.name != TestPhase.COVERAGE:
        return True
    place = made_up[case.operation.label]
    made_up[case.operation.label] += 1
    return (place + SEED) % (place // COVERAGE + 1) == 0
