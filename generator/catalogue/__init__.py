"""The catalogue: which records are one paper, which names one person, and their ids."""
