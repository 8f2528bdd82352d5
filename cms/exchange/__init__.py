"""Services as a table: out to CSV and XLSX, and back in after a preview."""
