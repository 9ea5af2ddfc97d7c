"""Render: the catalogue as Markdown pages. `pages.page_documents` is the way in."""
