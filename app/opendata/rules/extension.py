"""What OCDS 1.1.5 and its bid extension have no field for, as an extension of our own with a schema, under a fixed address.

A field is never taken away or given another meaning under the same version; a new one makes a new version.
"""

from collections.abc import Mapping
from typing import Any

BID_EXTENSION = "https://raw.githubusercontent.com/open-contracting-extensions/ocds_bid_extension/v1.1.5/extension.json"
VERSION = "1.0"
PATH = f"/ocds/sifang/{VERSION}/"
TEXT: Mapping[str, Any] = {"type": ["string", "null"], "minLength": 1}
NUMBER: Mapping[str, Any] = {"type": ["number", "null"], "minimum": 0}
MOMENT: Mapping[str, Any] = {"type": ["string", "null"], "format": "date-time"}
NAME: Mapping[str, Any] = {"type": "string", "minLength": 1}


def extension_urls(site: str) -> tuple[str, str]:
    """The extensions that our files use, each pinned to its version."""
    return BID_EXTENSION, f"{site}{PATH}extension.json"


def extension_json(site: str) -> dict[str, Any]:
    """What the extension is, as `extension.json` tells it."""
    return {
        "name": {"zh": "四方议事", "en": "Sifang"},
        "description": {
            "zh": "居民区采购的公示期、质疑期、评分因素、澄清答复、规则审查和逐份评审结果。",
            "en": "Notice and challenge periods, evaluation factors, clarifications, findings of the rules, and the result "
            "of each bid, for purchases of residential communities.",
        },
        "compatibility": ["1.1"],
        "schemas": ["release-schema.json"],
        "documentationUrl": {"zh": f"{site}/data/#ocds", "en": f"{site}/data/#ocds"},
        "contactPoint": {"name": "四方议事", "url": f"{site}/"},
    }


def release_schema() -> dict[str, Any]:
    """The patch (RFC 7396) that lays our fields over the release schema."""
    return {
        "definitions": {
            "Tender": _properties(
                statusDetails=_field(
                    "Status details",
                    "Where exactly it stands: bidding, sealed (bids are in, none is open), opened, evaluating, awarded, "
                    "too-few-bidders or too-few-qualified.",
                    TEXT,
                ),
                beneficiaries=_field("Beneficiaries", "For whom it is bought.", TEXT),
                pricePeriod=_field(
                    "Price period",
                    "Whether `value` is the price of the whole contract or of each year of it.",
                    {"type": ["string", "null"], "enum": ["contract", "year", None]},
                ),
                priceBasis=_field("Price basis", "What the price is reckoned on.", TEXT),
                noticePeriod=_ref("Notice period", "How long the notice has to stand.", "Period"),
                bidBond=_ref("Bid bond", "What a bidder deposits with its bid.", "Value"),
                performanceBondPercentage=_field(
                    "Performance bond", "What the winner deposits, in percent of the contract.", NUMBER
                ),
                paymentTerms=_field("Payment terms", "When and by which steps is paid.", TEXT),
                acceptanceTerms=_field("Acceptance terms", "How delivery is accepted.", TEXT),
                contractMonths=_field("Contract months", "How long the contract runs.", NUMBER),
                evaluationFactors=_list(
                    "Evaluation factors", "What is scored, how, and for how many points.", "EvaluationFactor"
                ),
                ruleFindings=_list(
                    "Findings of the rules", "What in the notice breaks which article, as found then.", "RuleFinding"
                ),
                clarifications=_list(
                    "Clarifications", "Questions and the answers that everybody got.", "Clarification"
                ),
            ),
            "Bid": _properties(
                disqualificationReason=_field("Disqualification", "Why the bidder was not qualified.", TEXT),
                rank=_field("Rank", "From 1; equal ranks are equal.", {"type": ["integer", "null"], "minimum": 1}),
                score=_field("Score", "Total points, two decimals, rounded down.", NUMBER),
                scoreExact=_field("Exact score", "Total points as the fraction n/d by which was ranked.", TEXT),
            ),
            "Award": _properties(
                noticePeriod=_ref("Notice period", "How long the result stands.", "Period"),
                challengePeriod=_ref(
                    "Challenge period", "When the result may be challenged; nothing is signed before it ends.", "Period"
                ),
                signingDeadline=_field("Signing deadline", "Until when the contract is to be signed.", MOMENT),
            ),
            "Milestone": _properties(value=_ref("Value", "What is due when this step is accepted.", "Value")),
            "EvaluationFactor": _object(
                id=NAME,
                name=_field("Name", "What is scored.", NAME),
                part=_field("Part", "price, commercial, technical, integrity or credit.", TEXT),
                kind=_field("Kind", "price (by formula), objective (members must agree) or judged.", TEXT),
                maximumPoints=_field("Maximum", "The most points.", NUMBER),
                description=_field("Description", "How it is scored, in words.", TEXT),
                scales=_list("Scales", "How the points are given.", "EvaluationScale"),
            ),
            "EvaluationScale": _object(
                id=NAME,
                method=_field("Method", "choice, items, per-item, ladder or graded.", TEXT),
                maximumPoints=_field("Maximum", "The most points of this scale.", NUMBER),
                steps=_list("Steps", "What gives how many points.", "EvaluationStep"),
            ),
            "EvaluationStep": _object(
                id=NAME,
                description=_field("Description", "What is met.", TEXT),
                points=_field("Points", "The points that it gives.", NUMBER),
            ),
            "RuleFinding": _object(
                id=NAME,
                rule=_field("Rule", "The rule's name in this site.", NAME),
                article=_field("Article", "The article that it states.", TEXT),
                where=_field("Where", "Where in the notice.", TEXT),
                binding=_field("Binding", "Whether the article binds or is to be confirmed.", {"type": "boolean"}),
                description=_field("Description", "The finding in words.", TEXT),
            ),
            "Clarification": _object(
                id=NAME,
                question=_field("Question", "What was asked; by whom is told to nobody.", TEXT),
                answer=_field("Answer", "What everybody was answered.", TEXT),
                dateAsked=_field("Asked", "When it was asked.", MOMENT),
                dateAnswered=_field("Answered", "When it was answered.", MOMENT),
            ),
        }
    }


def _field(title: str, description: str, kind: Mapping[str, Any]) -> dict[str, Any]:
    return {"title": title, "description": description, **kind}


def _ref(title: str, description: str, definition: str) -> dict[str, Any]:
    return {"title": title, "description": description, "$ref": f"#/definitions/{definition}"}


def _list(title: str, description: str, definition: str) -> dict[str, Any]:
    items = {"$ref": f"#/definitions/{definition}"}
    return {"title": title, "description": description, "type": "array", "items": items, "uniqueItems": True}


def _properties(**fields: Mapping[str, Any]) -> dict[str, Any]:
    return {"properties": fields}


def _object(**fields: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": ["id"], "properties": fields}
