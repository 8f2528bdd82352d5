"""From an enquiry to ranked services."""

import os

# The runtime of the language model reports home unless it is told not to before it is imported.
# Nothing about an enquiry, not even that there was one, leaves this machine.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
