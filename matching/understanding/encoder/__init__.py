"""A small language model beside the word counts: what each clause and the whole message say.

The encoder is MiniLM, fine-tuned on the shared language (`manage.py finetune`), shipped as int8
ONNX. It is optional: without its file the matcher reads by word counts alone.
"""
