"""What the hub looks at to keep the directory true, each as a page with filters and as a file."""
