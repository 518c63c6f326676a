"""Reading a PDF of 300 pages made on the spot: time a page against pdfplumber's own text of the same pages, and memory.

python benchmarks/read_pdf.py [PAGES]
"""

import io
import sys

from measure import Goal, Report, in_turn, machine, megabytes, ratio

PAGES = 300


def made(pages: int) -> bytes:
    """Pages of a form: a heading, prose, and a ruled table of 18 rows with figures."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(595, 842))
    for page in range(pages):
        canvas.setFont("HeiseiMin-W3", 9)
        canvas.drawString(40, 800, f"政策の予算額・執行額等（その{page + 1}）")
        for line in range(12):
            canvas.drawString(40, 780 - 13 * line, "施策の概要と達成すべき目標を述べる文がここに続いている。" * 2)
        for row in range(19):
            canvas.line(40, 600 - 25 * row, 540, 600 - 25 * row)
        for column in range(6):
            canvas.line(40 + 100 * column, 150, 40 + 100 * column, 600)
        for row in range(18):
            canvas.drawString(44, 583 - 25 * row, f"指標{row + 1}の実績")
            for column in range(1, 5):
                canvas.drawString(44 + 100 * column, 583 - 25 * row, f"{page * row + column:,}件【24年度】")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def report(pages: int = PAGES, rounds: int = 3) -> Report:
    """The time of both sides for a tenth of the pages, their ratio, and the memory while all pages are read."""
    import pdfplumber

    from hyotei.readers.pdf.processor_time import Watch
    from hyotei.readers.pdf.worker import read

    part = made(max(1, pages // 10))

    def ours() -> int:
        return sum(1 for _ in read(io.BytesIO(part), Watch()))

    def peer() -> int:
        with pdfplumber.open(io.BytesIO(part)) as pdf:
            return sum(len(page.extract_text()) for page in pdf.pages)

    times = in_turn({"ours": ours, "pdfplumber": peer}, rounds, 1)
    found = Report(
        f"Reading PDF, {pages} pages ({machine()})", goal=Goal("memory after all pages / after a tenth", 1.1)
    )
    found.add("ours", 1000 * times["ours"].median / max(1, pages // 10), "ms a page")
    found.add("pdfplumber, text only", 1000 * times["pdfplumber"].median / max(1, pages // 10), "ms a page")
    found.add("ratio", ratio(times["ours"], times["pdfplumber"]))
    first, last = memory(made(pages), pages)
    found.add("memory after a tenth", first, "MB")
    found.add("memory after all pages", last, "MB")
    found.add("memory after all pages / after a tenth", last / first)
    return found


def memory(content: bytes, pages: int) -> tuple[float, float]:
    """What the process holds after a tenth of the pages, and at most after that."""
    from hyotei.readers.pdf.processor_time import Watch
    from hyotei.readers.pdf.worker import read
    from hyotei.readers.printed.form_blocks import Block

    held: list[float] = []
    page = 0
    for each in read(io.BytesIO(content), Watch()):
        block: Block | None = None if isinstance(each, tuple) else each
        if block is not None and block.place.page is not None and block.place.page > page:
            page = block.place.page
            if page % max(1, pages // 10) == 0:
                held.append(megabytes())
    return held[0], max(held)


def main() -> int:
    found = report(int(sys.argv[1]) if len(sys.argv) > 1 else PAGES)
    print(found.title)
    for figure in found.figures:
        value = figure.value if isinstance(figure.value, str) else f"{figure.value:.2f}"
        print(f"  {figure.name}: {value} {figure.unit}".rstrip())
    if found.goal is not None:
        print(f"  goal: {found.goal.ratio} at most {found.goal.most}: {'met' if found.met else 'not met'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
