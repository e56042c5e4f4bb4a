"""The register's pages."""

from app.register.routes.desk import pages
from app.register.routes.importing import import_upload
from app.register.routes.voters import name_voter

__all__ = ["import_upload", "name_voter", "pages"]
