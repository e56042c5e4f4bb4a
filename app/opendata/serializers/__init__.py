"""What goes out: JSON with exact amounts, and tables as CSV, JSON and XLSX, all written as they are read."""

from app.opendata.serializers.describing import KINDS, datapackage, described, groups
from app.opendata.serializers.files import csv_file, json_file
from app.opendata.serializers.jsons import json_pieces, json_text, portions
from app.opendata.serializers.workbooks import XLSX, xlsx_file

__all__ = [
    "KINDS",
    "XLSX",
    "csv_file",
    "datapackage",
    "described",
    "groups",
    "json_file",
    "json_pieces",
    "json_text",
    "portions",
    "xlsx_file",
]
