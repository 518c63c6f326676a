"""What every part of Hyotei stands on: exact numbers, folded text, strict YAML, East Asian width."""
