"""What holds of a rulebook for every sheet, proved with Z3."""
