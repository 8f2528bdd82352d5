"""The same services as a Django team would search them with other packages."""
