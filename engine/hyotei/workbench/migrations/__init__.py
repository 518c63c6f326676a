"""The states that the database has had; each version of Hyotei goes on from any earlier one."""
