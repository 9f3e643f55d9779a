#!/usr/bin/env python3
"""Train a UDPipe 1 model with its own trainer, for bench/engine/compare.py.

    python3 bench/engine/train_udpipe.py --train ewt-train.conllu gumstrict-train.conllu --heldout ewt-dev.conllu --out udpipe.model

Needs `pip install ufal.udpipe`. The settings and rounds are near the manual's; one tagger gives tags, features and lemmas. UDPipe's released models
had settings searched for each treebank: published for EWT test, raw text, are UPOS 93.3 and LAS 77.0.
"""
import argparse, lzma, os, sys, time

import ufal.udpipe as udpipe

TOKENIZER = "dimension=24;epochs={tokenizer};batch_size=50;learning_rate=0.005;segment_size=200;dropout=0.1;early_stopping=1"
TAGGER = "models=1;guesser_suffix_rules=8;guesser_enrich_dictionary=4;guesser_prefixes_max=0;use_lemma=1;use_xpostag=1;use_feats=1;provide_lemma=1;provide_feats=1;iterations={tagger}"
PARSER = "iterations={parser};embedding_upostag=20;embedding_feats=20;embedding_xpostag=0;embedding_form=50;embedding_lemma=0;embedding_deprel=20;" \
         "learning_rate=0.02;learning_rate_final=0.001;l2=0.5;hidden_layer=200;batch_size=10;transition_system=projective;transition_oracle=static;structured_interval=0"


def sentences(paths):
    out = []
    for path in paths:
        opener = lzma.open if path.endswith(".xz") else open
        with opener(path, "rt", encoding="utf-8") as f:
            text = f.read()
        reader = udpipe.InputFormat.newConlluInputFormat()
        reader.setText(text)
        error = udpipe.ProcessingError()
        sentence = udpipe.Sentence()
        while reader.nextSentence(sentence, error):
            out.append(sentence)
            sentence = udpipe.Sentence()
        if error.occurred():
            raise SystemExit(f"{path}: {error.message}")
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--train", nargs="+", required=True)
    p.add_argument("--heldout", nargs="*", default=[])
    p.add_argument("--out", required=True)
    p.add_argument("--rounds", type=int, nargs=3, default=[100, 20, 10], metavar=("TOKENIZER", "TAGGER", "PARSER"))
    p.add_argument("--every", type=int, default=1, help="take only every n-th block of 100 sentences, for a quick model of about the same speed")
    args = p.parse_args()
    start, error = time.time(), udpipe.ProcessingError()
    train, heldout = udpipe.Sentences(), udpipe.Sentences()
    for i, s in enumerate(sentences(args.train)):
        if i // 100 % args.every == 0:
            train.append(s)
    for s in sentences(args.heldout):
        heldout.append(s)
    model = udpipe.Trainer.train("morphodita_parsito", train, heldout, TOKENIZER.format(tokenizer=args.rounds[0]), TAGGER.format(tagger=args.rounds[1]),
                                  PARSER.format(parser=args.rounds[2]), error)
    if error.occurred():
        raise SystemExit(error.message)
    with open(args.out, "wb") as f:
        f.write(model if isinstance(model, bytes) else model.encode("latin1"))
    print(f"{len(train)} sentences, {os.path.getsize(args.out) / 1e6:.1f} MB, {time.time() - start:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
