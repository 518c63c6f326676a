"""Opening inputs: files, folders, zips and compressed files as streams of bytes with bounds; formats are `readers`' business."""
