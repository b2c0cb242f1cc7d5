"""The vendor's own stall, page by page."""
