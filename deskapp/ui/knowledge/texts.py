"""The words of articles: numbers, what stands under a title, what a change was."""

from __future__ import annotations

from collections.abc import Sequence

from ...desk.knowledge import ArticleItem, ArticleView
from ..i18n import fill, translate


def number(value: int | None) -> str:
    """KB-214; without a number, what it waits for."""
    if value is None:
        return translate("Knowledge", "number after sync")
    return fill(translate("Knowledge", "KB-%1"), value)


def titled(value: int | None, title: str) -> str:
    return f"{number(value)} {title}"


def state(code: str) -> str:
    return {
        "draft": translate("Knowledge", "Draft"),
        "published": translate("Knowledge", "Published"),
        "retired": translate("Knowledge", "Retired"),
    }[code]


def chip(item: ArticleItem | ArticleView) -> tuple[str, str] | None:
    """The one thing worth a chip: what is to be done about it, with its colour family."""
    if item.two:
        return translate("Knowledge", "Two versions"), "crit"
    if item.state == "retired":
        return state("retired"), "low"
    if item.overdue:
        return translate("Knowledge", "Check"), "high"
    if item.state == "draft":
        return state("draft"), "norm"
    return None


def uses(count: int) -> str:
    return translate("Knowledge", "%n ticket(s)", None, count) if count else translate("Knowledge", "not used yet")


def second_line(item: ArticleItem) -> str:
    product = " ".join(part for part in (item.product, item.version) if part)
    return ", ".join(part for part in (product, uses(item.uses)) if part)


def part(name: str) -> str:
    """The head of a part."""
    return {
        "symptoms": translate("Knowledge", "Symptoms"),
        "why": translate("Knowledge", "Cause"),
        "fix": translate("Knowledge", "Fix"),
        "prevention": translate("Knowledge", "How to prevent it"),
        "internal": translate("Knowledge", "For the desk only"),
    }[name]


def change(names: Sequence[str]) -> str:
    """What one step of the history changed."""
    if "made" in names:
        return translate("Knowledge", "made")
    told = {
        "title": translate("Knowledge", "title"),
        "symptoms": translate("Knowledge", "symptoms"),
        "why": translate("Knowledge", "cause"),
        "fix": translate("Knowledge", "fix"),
        "prevention": translate("Knowledge", "prevention"),
        "internal": translate("Knowledge", "internal part"),
        "state": translate("Knowledge", "state"),
        "checked_on": translate("Knowledge", "checked"),
        "owner_id": translate("Knowledge", "owner"),
    }
    found = [told[name] for name in names if name in told]
    return ", ".join(dict.fromkeys(found)) or translate("Knowledge", "particulars")
