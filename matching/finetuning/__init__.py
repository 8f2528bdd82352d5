"""Fine-tuning of the small language model on the shared language; needs torch (see README)."""
