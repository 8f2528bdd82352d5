"""The whole of fine-tuning: encoders without a part each, then the one that is shipped."""

import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import torch
from tokenizers import Tokenizer

from matching.finetuning.batches import Names
from matching.finetuning.export import export
from matching.finetuning.loop import tune
from matching.finetuning.network import Network, Sizes, pretrained
from matching.finetuning.parts import answers, kept_in, unused
from matching.finetuning.told import everything
from matching.understanding.corpus import LEVELS, Corpus
from matching.understanding.encoder.encoder import TOKENS, Encoded, load_encoder
from matching.understanding.encoder.unseen import UnseenScores, save_unseen, scores_of
from matching.understanding.status import STATUSES
from matching.understanding.unseen import PARTS

EPOCHS = 3
#: Processes side by side, of one thread each: two threads tune one encoder hardly faster than one.
_PROCESSES = 2


def finetune(
    corpus: Corpus,
    pretrained_folder: Path,
    folder: Path,
    scratch: Path,
    progress: Callable[[str, str], None],
    epochs: int = EPOCHS,
) -> None:
    """Tune on `corpus`, from the published weights, and write what is shipped to `folder`.

    `scratch` keeps the encoders that are done, so that an interrupted run goes on with the others.
    `progress` is told which encoder and how far it is, by processes beside this one: pickle must be
    able to take it there.
    """
    kept = kept_in(scratch, corpus, epochs)
    whole = kept / "whole"
    parts = {kept / f"part-{part}": unused(corpus, part) for part in range(PARTS)}
    # The longest first.
    jobs = {whole: frozenset[str]()} | parts
    with ProcessPoolExecutor(_PROCESSES, get_context("spawn"), torch.set_num_threads, (1,)) as pool:
        running = {
            pool.submit(
                tuned,
                corpus,
                without,
                pretrained_folder,
                done,
                partial(progress, done.name),
                epochs,
            ): done.name
            for done, without in jobs.items()
        }
        for job in as_completed(running):
            job.result()
            progress(running[job], "tuned")
    read: dict[bytes, Encoded] = {}
    for done, without in parts.items():
        read |= answers(load_encoder(done), corpus, without)
    ship(whole, scores_of(read), folder)
    progress("whole", f"written to {folder}")


def ship(whole: Path, unseen: UnseenScores, folder: Path) -> None:
    """Put the encoder in `whole` and what others made `unseen` of the notes into `folder`.

    All is written beside the files of `folder` and then takes their places: a running site finds
    no half file, and a full disk changes nothing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".writing-") as scratch:
        beside = Path(scratch)
        for path in whole.iterdir():
            shutil.copyfile(path, beside / path.name)
        save_unseen(beside, unseen)
        for path in list(beside.iterdir()):
            path.replace(folder / path.name)


def tuned(
    corpus: Corpus,
    without: frozenset[str],
    pretrained_folder: Path,
    done: Path,
    progress: Callable[[str], None],
    epochs: int,
) -> None:
    """Tune one encoder on the corpus `without` some texts and export it to the folder `done`."""
    if (done / TOKENS).exists():
        progress(f"{done} was tuned before")
        return
    tokenizer = Tokenizer.from_file(str(pretrained_folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    presented = sorted({f"{phrase.needs[0]}/{phrase.presented}" for phrase in corpus.phrases})
    names = Names(
        {code: place for place, code in enumerate(corpus.codes)},
        {slug: place for place, slug in enumerate(presented)},
    )
    torch.manual_seed(0)
    sizes = Sizes(len(names.needs), len(names.presented), len(STATUSES), len(LEVELS))
    network = Network(pretrained(pretrained_folder), sizes)
    tune(network, everything(corpus, without), tokenizer, names, epochs, progress)
    export(network, names, done)
    # Last, because its presence says that the encoder is whole.
    tokenizer.save(str(done / TOKENS), pretty=False)
