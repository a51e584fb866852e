"""Train the network that sees whether an answer is about what was asked (`coach/rules/subject.py`), and write its file.

Not part of running or testing: it wants PyTorch and safetensors (no dependencies of ours), the folder of the model it
begins from, and a quarter of an hour on two cores:

    python -m benchmarks.subject_training FOLDER_OF_ALL_MINILM_L6_V2

Question and answer are told apart by their likeness in each direction (`weight`), what the answer says for itself
(`lean`) and a start. In every batch each question meets its own texts, of which some answer it and some do not, and the
texts of the other questions, which do not. Word pieces, places and the lower three of six layers stay as they were.
"""

import json
import math
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from benchmarks.scoring import load
from interview_coach.coach.rules.wordpiece import WordPiece

CORPUS = Path(__file__).parent.parent / "tests" / "corpus"
TARGET = Path(__file__).parent.parent / "interview_coach" / "coach" / "rules" / "data" / "subject"
WIDTH, HEADS, LAYERS, FROZEN, MOST_PIECES = 384, 12, 6, 3, 112
ANSWERING = ("vague", "partial", "full", "non_native", "padded")
PER_BATCH, TEXTS = 12, 2
"""Questions of a batch, and texts of each that answer it, and that do not."""
EPOCHS, RATE, SEED = 5, 4e-5, 0
"""Rounds over all questions, and the highest learning rate: it rises through a tenth of the steps and falls through the
others."""
MISSED, OTHERS, SURE = 1.6, 1.5, 0.94
"""Weight of a text that does not answer its own question, of all that belong to others, and how sure to become."""


class Group(NamedTuple):
    """A question with texts that answer it and texts that do not."""

    question: str
    answering: list[str]
    missing: list[str]


def groups() -> list[Group]:
    """Of the ladders and short answers that were read, and of the pairs."""
    found = []
    for ladder in load("tuned"):
        texts = {**ladder.rungs, **ladder.variants}
        found.append(Group(ladder.question, [texts[n] for n in ANSWERING if texts.get(n)], [texts["off_topic"]]))
    for path in sorted((CORPUS / "subjects").glob("*.json")):
        for entry in json.loads(path.read_text(encoding="utf-8")):
            answering = [entry[name] for name in ("honest", "vague") if name in entry]
            missing = [entry[name] for name in ("trade_talk", "other_story", "private") if name in entry]
            found.append(Group(entry["question"], answering, missing))
    short = json.loads((CORPUS / "short_answers.json").read_text(encoding="utf-8"))
    for name in ("honest", "off_topic"):
        for entry in short[name]:
            if entry["half"] == "tuned":
                answering, missing = ([entry["answer"]], []) if name == "honest" else ([], [entry["answer"]])
                found.append(Group(entry["question"], answering, missing))
    return found


class Layer(nn.Module):
    """One layer of BERT, with dropout."""

    def __init__(self, weights: dict[str, Tensor], name: str) -> None:
        super().__init__()
        self.attention = nn.Linear(WIDTH, 3 * WIDTH)
        self.attended = nn.Linear(WIDTH, WIDTH)
        self.after_attention = nn.LayerNorm(WIDTH, 1e-12)
        self.wide = nn.Linear(WIDTH, 4 * WIDTH)
        self.narrow = nn.Linear(4 * WIDTH, WIDTH)
        self.after_dense = nn.LayerNorm(WIDTH, 1e-12)
        for end in ("weight", "bias"):
            parts = [weights[f"{name}attention.self.{part}.{end}"] for part in ("query", "key", "value")]
            getattr(self.attention, end).data = torch.cat(parts)
            for module, key in (
                (self.attended, "attention.output.dense"),
                (self.after_attention, "attention.output.LayerNorm"),
                (self.wide, "intermediate.dense"),
                (self.narrow, "output.dense"),
                (self.after_dense, "output.LayerNorm"),
            ):
                getattr(module, end).data = weights[f"{name}{key}.{end}"].clone()

    def forward(self, rows: Tensor, mask: Tensor, dropout: float) -> Tensor:
        texts, count, width = rows.shape
        parts = self.attention(rows).split(WIDTH, -1)
        query, key, value = (part.view(texts, count, HEADS, width // HEADS).transpose(1, 2) for part in parts)
        seen = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        seen = self.attended(seen.transpose(1, 2).reshape(texts, count, width))
        rows = self.after_attention(rows + F.dropout(seen, dropout, self.training))
        deep = self.narrow(F.gelu(self.wide(rows)))
        return self.after_dense(rows + F.dropout(deep, dropout, self.training))


class Encoder(nn.Module):
    """The network in training."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        weights = {name: each.float() for name, each in load_file(folder / "model.safetensors").items()}
        vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
        kept = [number for number, piece in enumerate(vocabulary) if is_kept(piece)]
        self.vocabulary = [vocabulary[number] for number in kept]
        self.wordpiece = WordPiece(self.vocabulary)
        self.pieces = weights["embeddings.word_embeddings.weight"][kept]
        kinds = weights["embeddings.token_type_embeddings.weight"]
        self.places = weights["embeddings.position_embeddings.weight"][:MOST_PIECES] + kinds[0]
        self.first = nn.LayerNorm(WIDTH, 1e-12)
        self.first.weight.data = weights["embeddings.LayerNorm.weight"].clone()
        self.first.bias.data = weights["embeddings.LayerNorm.bias"].clone()
        self.layers = nn.ModuleList(Layer(weights, f"encoder.layer.{number}.") for number in range(LAYERS))
        self.weight = nn.Parameter(torch.full((WIDTH,), 14.0))
        self.lean = nn.Parameter(torch.zeros(WIDTH))
        self.start = nn.Parameter(torch.tensor(-3.0))
        for module in (self.first, *self.layers[:FROZEN]):
            module.requires_grad_(False)

    def directions(self, texts: Sequence[str]) -> Tensor:
        """(texts, width), each of length 1."""
        cut = [self.wordpiece.pieces(text, most=MOST_PIECES - 2) for text in texts]
        cut = [[self.wordpiece.start, *pieces, self.wordpiece.end] for pieces in cut]
        longest = max(map(len, cut))
        numbers = torch.tensor([pieces + [0] * (longest - len(pieces)) for pieces in cut])
        there = torch.tensor([[place < len(pieces) for place in range(longest)] for pieces in cut])
        mask = torch.zeros(there.shape).masked_fill(~there, -1e4)[:, None, None, :]
        with torch.no_grad():
            rows = self.first(self.pieces[numbers] + self.places[:longest])
            for layer in self.layers[:FROZEN]:
                rows = layer(rows, mask, 0.0)
        for layer in self.layers[FROZEN:]:
            rows = layer(rows, mask, 0.1)
        mean = (rows * there[..., None]).sum(1) / there.sum(1, keepdim=True)
        return F.normalize(mean, dim=-1)

    def odds(self, questions: Tensor, texts: Tensor) -> Tensor:
        """Log-odds for each question and text."""
        return (questions * self.weight) @ texts.T + (texts @ self.lean)[None] + self.start


def is_kept(piece: str) -> bool:
    """Marks that are used, and pieces in Latin letters, figures and signs."""
    if piece.startswith("["):
        return piece in {"[UNK]", "[CLS]", "[SEP]", "["}
    return all(ord(letter) < 0x250 or 0x2000 <= ord(letter) < 0x2200 for letter in piece)


def train(encoder: Encoder, found: Sequence[Group]) -> None:
    """All rounds over the groups, in batches of some questions."""
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    steps = EPOCHS * math.ceil(len(found) / PER_BATCH)
    own = {"weight", "lean", "start"}
    inner = [each for name, each in encoder.named_parameters() if each.requires_grad and name not in own]
    outer = {"params": [encoder.weight, encoder.start], "weight_decay": 0.0}
    lean = {"params": [encoder.lean], "weight_decay": 1.0}
    optimiser = torch.optim.AdamW([{"params": inner, "weight_decay": 0.01}, outer, lean])
    step = 0
    for _ in range(EPOCHS):
        order = chance.sample(list(found), len(found))
        for first in range(0, len(order), PER_BATCH):
            share = min(1.0, (step + 1) / (0.1 * steps)) * max(0.03, 1 - step / steps)
            for group, most in zip(optimiser.param_groups, (RATE, 0.02, 0.02), strict=True):
                group["lr"] = most * share
            loss = batch_loss(encoder, order[first : first + PER_BATCH], chance)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimiser.step()
            step += 1
            print(f"{step} of {steps}: {loss.item():.3f}", flush=True)


def batch_loss(encoder: Encoder, found: Sequence[Group], chance: random.Random) -> Tensor:
    """Cross-entropy over all questions and texts of a batch."""
    texts: list[str] = []
    owners: list[int] = []
    labels: list[float] = []
    for owner, group in enumerate(found):
        for label, kind in ((1.0, group.answering), (0.0, group.missing)):
            for text in chance.sample(kind, min(TEXTS, len(kind))):
                texts.append(text)
                owners.append(owner)
                labels.append(label)
    encoder.train()
    odds = encoder.odds(encoder.directions([group.question for group in found]), encoder.directions(texts))
    wanted, weights = torch.zeros_like(odds), torch.full_like(odds, OTHERS / len(found))
    place = (torch.tensor(owners), torch.arange(len(texts)))
    wanted[place] = torch.tensor(labels)
    weights[place] = torch.tensor([1.0 if label else MISSED for label in labels])
    soft = wanted * SURE + (1 - SURE) / 2
    return (F.binary_cross_entropy_with_logits(odds, soft, reduction="none") * weights).sum() / len(texts)


def write(encoder: Encoder, folder: Path) -> None:
    """The arrays that `network.py` reads: one byte for a weight, and what it is worth for each row."""
    arrays: dict[str, Any] = {"places": encoder.places.half().numpy()}
    arrays["pieces"], arrays["pieces.step"] = rounded(encoder.pieces)

    def norm(name: str, module: nn.LayerNorm) -> None:
        arrays[f"{name}.scale"] = module.weight.data.half().numpy()
        arrays[f"{name}.shift"] = module.bias.data.half().numpy()

    norm("first", encoder.first)
    for number, layer in enumerate(encoder.layers):
        for name in ("attention", "attended", "wide", "narrow"):
            dense = getattr(layer, name)
            arrays[f"{number}.{name}.weight"], arrays[f"{number}.{name}.step"] = rounded(dense.weight.data)
            arrays[f"{number}.{name}.bias"] = dense.bias.data.half().numpy()
        for name in ("after_attention", "after_dense"):
            norm(f"{number}.{name}", getattr(layer, name))
    arrays["weight"], arrays["lean"] = encoder.weight.data.numpy(), encoder.lean.data.numpy()
    arrays["start"] = np.array(encoder.start.item())
    np.savez(folder / "weights.npz", **arrays)
    (folder / "vocabulary.txt").write_text("\n".join(encoder.vocabulary), encoding="utf-8")


def rounded(weights: Tensor) -> "tuple[np.ndarray, np.ndarray]":
    """(whole numbers from -127 to 127, what one of them is worth in each row)"""
    steps = (weights.abs().amax(1) / 127).clamp_min(1e-8).half()
    return (weights / steps.float()[:, None]).round().clamp(-127, 127).to(torch.int8).numpy(), steps.numpy()


def main() -> None:
    """Train, and write the files."""
    encoder = Encoder(Path(sys.argv[1]))
    train(encoder, groups())
    write(encoder, TARGET)


if __name__ == "__main__":
    main()
