"""A new site folder with everything in it that a first build needs."""
from pathlib import Path
def create_site(folder: Path) -> list[Path]:
    return []
