"""A sandbox for the tests: one program for all of them, and an organization as it was at first for each."""

import os
import signal
import subprocess

import pytest
import requests

PROGRAM = os.environ.get("HARVEST_SANDBOX", "harvest-sandbox")
# What the program prints at its start, and the last of it.
LABELS = ("URL", "key", "token URL", "client id", "secret", "user id")


class Sandbox:
    def __init__(self):
        command = [PROGRAM, "--addr", "127.0.0.1:0", "--control", "--candidates", "120"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        said = {}
        for line in self.process.stdout:
            for label in LABELS:
                if line.strip().startswith(f"{label} "):
                    said[label] = line.strip().removeprefix(label).strip()
            if "user id" in said:
                break
        else:
            raise RuntimeError(f"{PROGRAM} does not start")
        self.url, self.key, self.user = said["URL"], said["key"], int(said["user id"])
        self.token_url, self.client = said["token URL"], (said["client id"], said["secret"])

    def control(self, method, what, **body):
        answer = requests.request(method, f"{self.url}/_sandbox/{what}", json=body or None, timeout=60)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def stop(self):
        """Ends it as Ctrl-C does: its exit code."""
        self.process.send_signal(signal.SIGINT)
        # What it prints at its end must have somewhere to go.
        self.process.communicate(timeout=30)
        return self.process.returncode


@pytest.fixture(scope="session")
def program():
    sandbox = Sandbox()
    yield sandbox
    assert sandbox.stop() == 0


@pytest.fixture
def sandbox(program):
    program.control("POST", "reset")
    program.control("DELETE", "faults")
    program.control("DELETE", "requests")
    return program
