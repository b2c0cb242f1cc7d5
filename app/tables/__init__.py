"""Lists of the market as CSV and XLSX: what a table looks like, how it is read and written."""
