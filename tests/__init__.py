"""The tests of Hyotei; the folders mirror `engine/hyotei`."""
