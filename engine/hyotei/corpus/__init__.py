"""Many sheets as a folder of Parquet tables: built from any input of the readers, and read back without loss."""
