"""Whole rulebooks: decisions of every hit policy, scope and kind of column, under their front matter."""

from dataclasses import dataclass

from hypothesis import strategies as st

from hyotei.rulebook.types import Scope
from hyotei.rulebook.values import REASONS
from hyotei.rulebook.vocabulary import BUILT_IN_SCALES
from tests.rulebook_writing.expressions import Expressions
from tests.rulebook_writing.names import Known, figures, index_below
from tests.rulebook_writing.words import (
    DIMENSIONS,
    FACT_TYPES,
    LITERALS,
    SCALE_POOLS,
    SCOPE_WORDS,
    SCOPES,
    TEXT,
    TEXTS,
    TRUTH,
    Kind,
    table_line,
)


@dataclass(slots=True)
class Writer(Expressions):
    """Writes one rulebook, drawing every choice."""

    # -- decisions

    def output(self, kind: Kind, scope: Scope, computed: bool) -> str:
        if self.chance(6):
            return str(self.pick(["unknown", f"unknown({self.pick(REASONS)})", "不明"]))
        if computed and self.chance(3):
            return f"`{self.expression(kind, scope, 1)}`"
        of, detail = kind
        if of == "number":
            return f"`{self.number(detail, scope, 0)}`" if detail == "figure" else self.literal_of(detail)
        if of == "truth":
            return str(self.pick(["true", "false"]))
        if of == "text":
            return f'"{self.pick(TEXTS)}"'
        return str(self.pick(self.scales[detail][0]))

    def literal_of(self, dimension: str) -> str:
        return LITERALS[dimension][self.draw(index_below(len(LITERALS[dimension])))][0]

    def formula(self, name: str, scope: Scope) -> None:
        kind = self.pick(self.kinds())
        text = self.expression(kind, scope, 3)
        if kind[0] == "scale" and any(value.isdigit() for value in self.scales[kind[1]][0]):
            # Choices between such values alone are numbers.
            text = str(self.pick(self.visible(scope, kind) or ["5"]))
        if kind[0] == "scale" and text in self.scales[kind[1]][0]:
            kind, text = TRUTH, "true"
        body = f"    {text}" if self.chance(2) else f"```feel\n{text}\n```"
        if self.chance(4):
            body = f"    {text}\n      + 0" if kind[0] == "number" and kind[1] in ("plain", "count") else body
        # Below a list an indented line would be a part of the list.
        head = self.heading("式", name, scope, told=body.startswith("`"))
        self.decisions.append(f"{head}{body}\n")
        self.names.append(Known(name, scope, kind))

    def table(self, name: str, scope: Scope) -> None:
        policy = self.pick(self.policies)
        columns = [self.column(self.pick(self.kinds()), scope) for _ in range(self.pick([1, 2, 0, 3]))]
        outputs = self.outputs(name, policy)
        count = self.pick([2, 3, 1, 4, 5, 6])
        header = [
            policy,
            *(f"`{text}`" for _, text in columns),
            *(f"**{title}**" for title, _ in outputs),
            *(["*理由*"] if self.chance(2) else []),
        ]
        rows = [[str(number), *(self.cell(kind, scope) for kind, _ in columns)] for number in range(1, count + 1)]
        own = outputs[0][0] if outputs[0][0] == f"{name}_size" else None
        if own:
            self.scales[own] = (f"big_{name}", f"small_{name}")[:count], False
        for number, cells in enumerate(rows):
            if own:
                words = self.scales[own][0]
                cells.append(words[number] if number < len(words) else self.output(outputs[0][1], scope, False))
            for title, kind in outputs[1:] if own else outputs:
                audit = title == "finding"
                cells.append(
                    self.pick(["F-1", "over", '"指摘 1"']) if audit else self.output(kind, scope, policy != "P")
                )
            cells += ["理由"] * (len(header) - len(cells))
        for at, (_, kind) in enumerate(outputs, 1 + len(columns)):
            # A column of nothing but shares may be one of ratios: times a ratio it would be.
            if kind == ("number", "plain") and all(
                cells[at] in ("0", "0.5", "1") or cells[at].startswith(("unknown", "不明")) for cells in rows
            ):
                rows[0][at] = "2"
        for at in range(1, 1 + len(columns)):
            # Most tables say somewhere what happens to unknown.
            if not self.chance(3):
                self.pick(rows)[at] = self.pick(["unknown", "不明", *(f"unknown({reason})" for reason in REASONS)])
        if self.chance(4):
            title, texts = self.pick([("*source*", ["手引", "-", ""]), ("*standing*", ["draft", "公表", ""])])
            if policy == "C" and self.chance(2):
                title, texts = "*question*", ["なぜか", ""]
            header.append(title)
            for cells in rows:
                cells.append(self.pick(texts))
        lines = [table_line(cells) for cells in (header, ["---"] * len(header), *rows)]
        self.decisions.append(self.heading("表", name, scope) + "\n".join(lines) + "\n")
        if policy == "C":
            return
        if policy == "C#":
            outputs = [(outputs[0][0], ("number", "count"))]
        self.names.append(Known(name, scope, outputs[0][1]))
        self.names.extend(Known(f"{name}.{title}", scope, kind) for title, kind in outputs)

    def heading(self, title: str, name: str, scope: Scope, told: bool = True) -> str:
        """A heading, perhaps below one that is no decision, with prose or the standing of the decision below it, if `told`."""
        above = "## 区切り\n\n評価の | 考え方。\n\n" if self.chance(12) else ""
        texts = ["", "", "", "", "この表は `x` を決める。\n\n", "- standing: published\n- source: 手引\n\n"]
        below = self.pick(texts if told else texts[:-1])
        level = self.pick(["#", "#", "##", "####"])
        return f"{above}{level} {title} {name} `{name}` — {self.pick(SCOPE_WORDS[scope])}\n\n{below}"

    def column(self, kind: Kind, scope: Scope) -> tuple[Kind, str]:
        """An input: a name where there is one, else an expression."""
        text = self.expression(kind, scope, self.pick([0, 0, 1, 2]))
        return (TRUTH, "(true = false)") if kind[0] == "scale" and text in self.scales[kind[1]][0] else (kind, text)

    def outputs(self, name: str, policy: str) -> list[tuple[str, Kind]]:
        if policy == "C":
            severity: list[tuple[str, Kind]] = [("note", self.pick(self.kinds()))]
            return [("finding", TEXT), *(severity if self.chance(2) and severity[0][1][0] != "scale" else [])]
        if policy in ("C+", "C<", "C>"):
            # Years cannot be added up.
            return [
                (
                    f"{name}_out",
                    ("number", self.pick([each for each in DIMENSIONS if each != "year" or policy != "C+"])),
                )
            ]
        if policy == "P":
            return [(scale, ("scale", scale)) for scale in self.own_scales()[: self.some(1, 2)]]
        if policy != "C#" and self.chance(8):
            # Words of no declared scale: a scale of the output itself, as soon as the inputs are written.
            return [(f"{name}_size", ("scale", f"{name}_size"))]
        if policy == "C#" or self.chance(2):
            kind = self.pick(self.output_kinds())
            return [self.titled(kind, f"{name}_out")]
        kinds = [self.pick(self.output_kinds()) for _ in range(self.some(1, 2))]
        found = [self.titled(kind, f"{name}_{number}") for number, kind in enumerate(kinds)]
        return found if len({title for title, _ in found}) == len(found) else found[:1]

    def output_kinds(self) -> list[Kind]:
        """All but the scales of other tables' outputs: such a scale has the words of the first table that is written."""
        return [each for each in self.kinds() if each[0] != "scale" or not each[1].endswith("_size")]

    def titled(self, kind: Kind, name: str) -> tuple[str, Kind]:
        """An output of a scale is called like it, so that its values are known to be of it."""
        return (kind[1], kind) if kind[0] == "scale" else (name, kind)

    def own_scales(self) -> list[str]:
        built_in = {scale.name for scale in BUILT_IN_SCALES}
        return [name for name, (_, ordered) in self.scales.items() if ordered and name not in built_in]

    # -- the document

    def parameter(self, name: str) -> None:
        kind = self.pick([("number", "ratio"), *(("number", each) for each in DIMENSIONS[:5]), TRUTH, TEXT])
        texts = {"truth": ["true", "false"], "text": [f"'\"{text}\"'" for text in TEXTS]}
        options = texts.get(kind[0]) or [text for text, _ in LITERALS[kind[1]]]
        if self.chance(2):
            value = self.pick(options)
            self.head.append(f"  {name}: {value}")
            if self.chance(4):
                self.head[-1] = f"  {name}:\n    value: {value}\n    label: 名前\n    standing: inferred"
        else:
            spans = ["..2011", "2012", "2013.."] if self.chance(2) else ["2011..2012", "2013..2014"]
            self.head.append(f"  {name}:")
            self.head.extend(f"    {span}: {self.pick(options)}" for span in spans)
        self.parameters[name] = kind

    def document(self) -> str:
        pools = list(SCALE_POOLS)
        for name in ["rating", "budget", "grade"][: self.some(1, 3)]:
            self.scales[name] = (pools.pop(self.draw(index_below(len(pools)))), True)
        scales = [
            f"  {name}: [" + ", ".join(f'"{value}"' for value in values) + "]"
            if self.chance(3)
            else f"  {name}:\n" + "\n".join(f'    "{value}": {value}の意味' for value in values)
            for name, (values, _) in self.scales.items()
        ]
        for scale in BUILT_IN_SCALES:
            self.scales[scale.name] = (scale.values, scale.ordered)
        self.names = figures()
        for known in self.names:
            if known.name.startswith("recorded.") and known.kind == TEXT:
                name = known.name.removeprefix("recorded.")
                known.kind = ("scale", name) if name in self.scales else TEXT
        facts = self.facts()
        for number in range(self.some(0, 3)):
            self.parameter(f"p{number}" if self.chance(2) else f"しきい値{number}")
        for number in range(1, self.pick([2, 3, 1, 4, 5, 6]) + 1):
            scope = self.pick(SCOPES)
            name = self.pick([f"d{number}", f"判定{number}", f"share_{number}"])
            (self.table if self.chance(2) or self.chance(2) else self.formula)(name, scope)
        order = self.draw(st.permutations(self.decisions)) if self.chance(3) else self.decisions
        roundings = [
            "exact",
            "floor 6",
            "half_up 2",
            "ceiling 0",
            "up 3",
            "down 1",
            "half_down 2",
            "half_even 0",
            "five_down 1",
        ]
        division = self.pick(["", "", *(f"division: {rounding}\n" for rounding in roundings)])
        parameters = "parameters:\n" + "\n".join(self.head) + "\n" if self.head else ""
        return (
            "---\nrulebook: drawn\ntitle: 引いた評価基準\nauthority: 総務省\nstanding: draft\nfiscal_years: 2011..2014\n"
            f"{division}scales:\n" + "\n".join(scales) + f"\n{facts}{parameters}---\n" + "\n".join(order)
        )

    def facts(self) -> str:
        """Facts that the rulebook declares, of some units and types, some with a default; half of the rulebooks have none."""
        if self.chance(2):
            return ""
        found: dict[Scope, list[str]] = {}
        declared = [name for name in ("rating", "budget", "grade") if name in self.scales]
        for number in range(1, self.some(1, 3) + 1):
            scope = self.pick(SCOPES)
            of = self.pick([*FACT_TYPES, *declared])
            kind, default = FACT_TYPES.get(of) or (("scale", of), self.scales[of][0][0])
            name = f"fact_{number}"
            given = f", default: '{default}'" if self.chance(3) else ""
            label = f", label: 項目{number}" if self.chance(2) else ""
            found.setdefault(scope, []).append(f"    {name}: {{type: {of}{label}{given}}}")
            self.names.append(Known(f"項目{number}" if label and self.chance(2) else name, scope, kind))
        return "facts:\n" + "".join(f"  {scope}:\n" + "\n".join(lines) + "\n" for scope, lines in found.items())
