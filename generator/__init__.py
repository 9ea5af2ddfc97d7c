"""Author Pages: from saved author profiles to a static site. Start at `generator.pipeline`."""
