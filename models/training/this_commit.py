"""Names the commit that a model was made by."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path


def commit(folder: Path) -> str | None:
    """Returns the short name of the commit that `folder` is at; None without git."""
    git = shutil.which("git")
    if git is None:
        return None
    found = subprocess.run([git, "rev-parse", "--short", "HEAD"], cwd=folder, capture_output=True, text=True, check=False)
    return found.stdout.strip() or None
