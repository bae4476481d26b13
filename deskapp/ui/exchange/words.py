"""Kinds, fields and problems of an import in words."""

from __future__ import annotations

from ...desk.import_rows import Problem
from ..i18n import fill, translate


def kind_name(kind: str) -> str:
    return {
        "customers": translate("Exchange", "Customers"),
        "contacts": translate("Exchange", "People"),
        "articles": translate("Exchange", "Articles"),
        "parts": translate("Exchange", "Spare parts"),
        "tickets": translate("Exchange", "Tickets"),
        "history": translate("Exchange", "History of tickets"),
    }[kind]


def field_title(title: str) -> str:
    """Titles of the fields that the desk knows, in words."""
    return {
        "Name": translate("Exchange", "Name"),
        "Mail domain": translate("Exchange", "Mail domain"),
        "Phone": translate("Exchange", "Phone"),
        "Address": translate("Exchange", "Address"),
        "Language": translate("Exchange", "Language"),
        "Time zone": translate("Exchange", "Time zone"),
        "VIP": translate("Exchange", "VIP"),
        "Note": translate("Exchange", "Note"),
        "Contract number": translate("Exchange", "Contract number"),
        "Contract hours": translate("Exchange", "Contract hours"),
        "Contract since": translate("Exchange", "Contract since"),
        "Contract until": translate("Exchange", "Contract until"),
        "Mail": translate("Exchange", "Mail"),
        "Customer": translate("Exchange", "Customer"),
        "Post": translate("Exchange", "Post"),
        "May agree to closing": translate("Exchange", "May agree to closing"),
        "Title": translate("Exchange", "Title"),
        "Number": translate("Exchange", "Number"),
        "Symptoms": translate("Exchange", "Symptoms"),
        "Cause": translate("Exchange", "Cause"),
        "Fix": translate("Exchange", "Fix"),
        "How to prevent": translate("Exchange", "How to prevent"),
        "Internal part": translate("Exchange", "Internal part"),
        "Product": translate("Exchange", "Product"),
        "Version": translate("Exchange", "Version"),
        "Code": translate("Exchange", "Code"),
        "Stock": translate("Exchange", "Stock"),
        "Unit": translate("Exchange", "Unit"),
        "Minimum": translate("Exchange", "Minimum"),
        "Days of delivery": translate("Exchange", "Days of delivery"),
        "In stock": translate("Exchange", "In stock"),
        "Subject": translate("Exchange", "Subject"),
        "Description": translate("Exchange", "Description"),
        "Status": translate("Exchange", "Status"),
        "Urgency": translate("Exchange", "Urgency"),
        "Requester": translate("Exchange", "Requester"),
        "Specialist": translate("Exchange", "Specialist"),
        "Received": translate("Exchange", "Received"),
        "Answered": translate("Exchange", "Answered"),
        "Promised": translate("Exchange", "Promised"),
        "Finished": translate("Exchange", "Finished"),
        "Solution": translate("Exchange", "Solution"),
        "Estimate": translate("Exchange", "Estimate"),
        "Spent": translate("Exchange", "Spent"),
        "Ticket number": translate("Exchange", "Ticket number"),
        "Text": translate("Exchange", "Text"),
        "When": translate("Exchange", "When"),
        "Who": translate("Exchange", "Who"),
        "Kind": translate("Exchange", "Kind"),
    }.get(title, title)


def problem_words(problem: Problem, title: str) -> str:
    """What is wrong with a cell: "Received: “32.01.2026” is no date"."""
    said = {
        "missing": translate("Exchange", "%1 is missing"),
        "not_number": translate("Exchange", "%1: “%2” is no number"),
        "not_date": translate("Exchange", "%1: “%2” is no date"),
        "not_effort": translate("Exchange", "%1: “%2” is no time spent"),
        "not_flag": translate("Exchange", "%1: “%2” is neither yes nor no"),
        "not_language": translate("Exchange", "%1: “%2” is neither Russian nor English"),
        "not_hours": translate("Exchange", "%1: “%2” is neither 8×5 nor 24×7"),
        "not_address": translate("Exchange", "%1: “%2” is no mail address"),
        "not_urgency": translate("Exchange", "%1: “%2” is no urgency"),
        "not_status": translate("Exchange", "%1: “%2” is no state of a ticket"),
        "not_stock": translate("Exchange", "%1: “%2” is no kind of stock"),
        "not_note": translate("Exchange", "%1: “%2” is no kind of entry"),
        "no_ticket": translate("Exchange", "%1: there is no ticket %2"),
        "dates_turned": translate("Exchange", "%1 lies before it was received"),
    }.get(problem.code, translate("Exchange", "%1: “%2” was not understood"))
    return fill(said, title, problem.cell)
