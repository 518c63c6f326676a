"""Where something was read, as the data of a written sheet."""

from hyotei.sheet.models import Source


def source_data(source: Source, printed_in: str | None) -> dict[str, object]:
    """The parts of a source that are not as they would be anyway; its file only where it is not `printed_in`."""
    data = source.model_dump(exclude_defaults=True, exclude={"file"})
    if source.file != printed_in:
        data["file"] = source.file
    return {key: list(part) if isinstance(part, tuple) else part for key, part in data.items()}
