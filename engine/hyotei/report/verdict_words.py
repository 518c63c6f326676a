"""Names and values of a verdict in the words of one language, which all parts of its document share."""

from hyotei.messages import Language, wording
from hyotei.rulebook.values import Reason
from hyotei.verdict.model import MeasureRef, UnknownRef, WaitsForRef
from hyotei.verdict.verdict import Verdict


class VerdictWords:
    """A verdict with what it is told by."""

    def __init__(self, verdict: Verdict, language: Language) -> None:
        self.verdict, self.language = verdict, language
        self.data = verdict.data(language)
        self.say = wording(language)
        self.steps = {step.id: step for step in self.data.derivation}
        self.decided = {step.decision for step in self.data.derivation}

    def in_english(self, text: str) -> str:
        """A text of the rulebook, in English where English is asked for and the rulebook has it."""
        return {"en": self.verdict.rulebook.english}.get(self.language, {}).get(text, text)

    def scale_value(self, scale: str, value: str) -> str:
        """A value of a scale as people call it: in Japanese by its label."""
        found = self.verdict.rulebook.scales.get(scale)
        labels = found.labels if found is not None else {}
        return {"ja": labels}.get(self.language, {}).get(value) or value

    def reason(self, reason: Reason) -> str:
        """Why something is unknown."""
        return self.say.one_of("common.reason", reason)

    def measure(self, measure: MeasureRef) -> str:
        """A measure by its name and label."""
        if not measure.label:
            return measure.indicator
        return self.say("verdict_document.measure.labelled", name=measure.indicator, label=measure.label)

    def numbered(self, measure: MeasureRef) -> str:
        """A measure by its number and name."""
        return self.say("verdict_document.measure.numbered", number=number_of(measure.unit), name=self.measure(measure))

    def waiting(self, each: WaitsForRef) -> str:
        """A value without which a result stays undetermined."""
        judged = self.judged(each)
        if judged:
            return judged
        values = {"title": each.title, "reason": self.reason(each.reason)}
        if not each.subject:
            return self.say("verdict_document.waits_for.of_sheet", **values)
        return self.say("verdict_document.waits_for.of_subject", subject=each.subject, **values)

    def judged(self, each: WaitsForRef | UnknownRef) -> str:
        """An unknown judgment with who has to give it; empty where it is none."""
        fact = self.verdict.rulebook.facts.get(each.id.partition("@")[0])
        if fact is None or not fact.judged:
            return ""
        who = self.say("verdict_document.fact.judged_by", who=fact.by) if fact.by else ""
        judged = who or self.say("verdict_document.fact.judged")
        values = {"title": each.title, "reason": self.reason(each.reason), "judged": judged}
        if not each.subject:
            return self.say("verdict_document.fact.named", **values)
        return self.say("verdict_document.fact.named_of", subject=each.subject, **values)


def number_of(unit: str) -> int:
    """The number of a unit in its list: 2 for `measures[2]`."""
    return int(unit.partition("[")[2].removesuffix("]"))
