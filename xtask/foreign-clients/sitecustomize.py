"""Has certifi name the certificates of the proxy, for clients that read neither SSL_CERT_FILE nor REQUESTS_CA_BUNDLE.

Python loads it at its start, since this folder is in PYTHONPATH.
"""

import os

try:
    import certifi
except ImportError:
    pass
else:
    certifi.where = lambda: os.environ["SSL_CERT_FILE"]
