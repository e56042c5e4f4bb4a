"""The pages of what is posted: reading, printing, posting, and the desk where service is entered."""

from app.publication.routes.desk import record_service
from app.publication.routes.printing import poster
from app.publication.routes.reading import pages
from app.publication.routes.writing import publish_posting

__all__ = ["pages", "poster", "publish_posting", "record_service"]
