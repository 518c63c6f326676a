"""A verified certificate as text: how many items came out as recorded, and each item."""

from collections.abc import Iterator
from typing import Final

from hyotei.messages import Language
from hyotei.proof.certificate import CertifiedLaw, Item
from hyotei.proof.verify import VerifiedCertificate, VerifiedItem
from hyotei.report.audit_words import Say
from hyotei.report.styled_lines import Line, Style

_AGAIN: Final[dict[str, tuple[str, str]]] = {
    "proved": ("再び証明", "proved again"),
    "refuted": ("再び反例", "refuted again"),
    "open": ("未確定", "open"),
    "not_run": ("未実施", "not run"),
}
_CHECKS: Final[dict[str, tuple[str, str]]] = {
    "gap": ("穴がないこと", "no gap"),
    "overlap": ("矛盾する行がないこと", "no contradicting rows"),
    "masked": ("隠れた行がないこと", "no masked row"),
    "never": ("決して当たらない行がないこと", "no row that never matches"),
}
_OTHERWISE: Final = ("証明書と違う", "otherwise")


def verified_text(found: VerifiedCertificate, language: Language) -> Iterator[Line]:
    """The lines of a verification."""
    say = Say(language)
    counts = count(found)
    told = say("、", ", ").join(
        say(f"{say.of(_AGAIN, name)} {number}", f"{number} {say.of(_AGAIN, name)}")
        for name, number in counts.items()
        if name in _AGAIN and (number or name != "not_run")
    )
    number, name = len(found.items), found.certificate.rulebook
    if found.as_recorded:
        yield (
            "good",
            say(
                f"{name}: {number}項目すべてが証明書のとおり（{told}）。",
                f"{name}: all {number} items came out as recorded: {told}.",
            ),
        )
    else:
        other = counts["otherwise"]
        yield (
            "bad",
            say(
                f"{name}: {number}項目のうち{other}項目が証明書と違う（ほかは {told}）。",
                f"{name}: {other} of {number} items came out otherwise (the others: {told}).",
            ),
        )
    if found.certificate.of == "chosen_laws":
        yield "plain", say("  選んだ法則だけの証明書である。", "  The certificate is about chosen laws only.")
    if found.made_with != found.verified_with:
        made, now = ", ".join(found.made_with), ", ".join(found.verified_with)
        yield "plain", say(f"  作ったとき {made}、確かめたとき {now}。", f"  Made with {made}; verified with {now}.")
    width = max(len(_AGAIN[key][1]) for key in _AGAIN) if say.english else 0
    for item in found.items:
        yield _style(item), f"  {_outcome(item, say):<{width}}  {_name(item.item, say)}"


def count(found: VerifiedCertificate) -> dict[str, int]:
    """How many items came out again as recorded, by status, and how many otherwise."""
    counts = dict.fromkeys(_AGAIN, 0) | {"otherwise": 0}
    for each in found.items:
        counts[each.item.status if each.same else "otherwise"] += 1
    return counts


def _style(item: VerifiedItem) -> Style:
    return "plain" if item.same else "bad"


def _outcome(item: VerifiedItem, say: Say) -> str:
    if item.same:
        return say.of(_AGAIN, item.item.status)
    missing = say("なし", "not there")
    before, after = (missing if each is None else _details(each) for each in (item.certified, item.now))
    return f"{say.pair(_OTHERWISE)} {before} → {after}"


def _details(item: Item) -> str:
    bound = [str(item.bound)] if isinstance(item, CertifiedLaw) and item.bound else []
    return f"{item.status} ({', '.join(filter(None, (item.method, item.why, *bound)))})"


def _name(item: Item, say: Say) -> str:
    if isinstance(item, CertifiedLaw):
        return item.law
    rows = ", ".join(map(str, item.rows))
    return f"{item.decision}: {say.of(_CHECKS, item.check)}" + (
        say(f"（行 {rows}）", f" (rows {rows})") if rows else ""
    )
