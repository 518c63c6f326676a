"""What holds of a rulebook for every sheet, proved with Z3. docs/proof.en.md says what is proved and what is not."""
