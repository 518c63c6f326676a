"""Libraries that only some formats need."""

from hyotei.intake.input_file import InputFile


def need_lxml(document: InputFile) -> None:
    """Says which extra to install where a document needs a library that is not there.

    Raises:
        HyoteiError: lxml is not installed (HY841).
    """
    try:
        import lxml.etree  # noqa: F401  # whether it is there is the question
    except ImportError:
        raise document.problem("HY841") from None
