"""Site: documents into files, and files into a site folder by MkDocs."""
