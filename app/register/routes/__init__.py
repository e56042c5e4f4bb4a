"""The register's pages."""

from app.register.routes.desk import pages
from app.register.routes.importing import import_upload

__all__ = ["import_upload", "pages"]
