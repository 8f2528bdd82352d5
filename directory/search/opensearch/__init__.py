"""The engine with a server: our own index in OpenSearch 2.19 or 3, kept in step by version."""
