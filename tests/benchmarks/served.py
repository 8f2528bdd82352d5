"""What the workers of a served site hold (Linux)."""

from pathlib import Path

from tests.running_site import RunningSite


def worker_memory(site: RunningSite) -> list[float]:
    """Resident memory of each gunicorn worker, MB."""
    master = site.process.pid
    workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    return [
        int(line.split()[1]) / 1024
        for worker in workers
        for line in Path(f"/proc/{worker}/status").read_text().splitlines()
        if line.startswith("VmRSS")
    ]
