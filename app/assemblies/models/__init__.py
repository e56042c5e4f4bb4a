"""Assemblies with their matters, drafts of notices, what was said against a roll or a vote, and who asks for an assembly."""

from app.assemblies.models.asking import AssemblyRequest, RequestSupport
from app.assemblies.models.assembly import Assembly, AssemblyDraft, AssemblyItem
from app.assemblies.models.roll import Objection, RollCorrection

__all__ = [
    "Assembly",
    "AssemblyDraft",
    "AssemblyItem",
    "AssemblyRequest",
    "Objection",
    "RequestSupport",
    "RollCorrection",
]
