"""A small language model beside the word counts: what each clause and the whole message say.

The encoder is a part of bge-small-en, fine-tuned on the shared language (`manage.py finetune`) and
shipped as int8 ONNX. It is optional: without its file the matcher reads by word counts alone.
"""
