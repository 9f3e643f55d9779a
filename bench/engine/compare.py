#!/usr/bin/env python3
"""The language engine beside UDPipe 1 and spaCy: the same text, one run, one thread; answers are checked before anything is timed.

    cmake --build --preset release --target bench
    python3 bench/engine/compare.py --ours build/release/bench/bench_engine --udpipe udpipe.model [--spacy FOLDER] \\
        --gold ewt-dev.conllu --raw ewt-dev.txt --text news.txt

--gold/--raw: a treebank and its raw text (paragraphs apart by blank lines), on which each engine's answer is scored; an engine below
--least-las stops the run. --text: plain text, paragraphs apart by blank lines, on which speed is measured: CPU seconds of the fastest
of --rounds, from raw text to trees, loading left out. Words are those of our tokenizer for every engine, so that all are counted alike.
UDPipe: `pip install ufal.udpipe`, model from train_udpipe.py. spaCy: `pip install spacy`, pipeline from train_spacy.sh.
"""
import argparse, json, os, subprocess, sys, time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[name] = "1"

from score import score


def paragraphs(text):
    return [p for p in (" ".join(block.split()) for block in text.split("\n\n")) if p]


class Ours:
    name = "demarche"

    def __init__(self, program, rounds):
        self.program, self.rounds, self.told = program, rounds, {}

    def run(self, path, rounds):
        out = subprocess.run([self.program, "--rounds", str(rounds), path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=True)
        self.told = json.loads(out.stderr)
        return out.stdout.decode()

    def answer(self, path):
        return self.run(path, 1)

    def seconds(self, path):
        self.run(path, self.rounds)
        return self.told["split_s"] + self.told["parse_s"]


class UDPipe:
    name = "UDPipe 1"

    def __init__(self, path, rounds):
        import ufal.udpipe as udpipe
        self.udpipe, self.rounds = udpipe, rounds
        self.model = udpipe.Model.load(path)
        if not self.model:
            raise SystemExit(f"{path}: is no UDPipe model")
        self.pipeline = udpipe.Pipeline(self.model, "tokenize", udpipe.Pipeline.DEFAULT, udpipe.Pipeline.DEFAULT, "conllu")

    def answer(self, path):
        error = self.udpipe.ProcessingError()
        out = self.pipeline.process("\n\n".join(paragraphs(open(path, encoding="utf-8").read())), error)
        if error.occurred():
            raise SystemExit(error.message)
        return out

    def seconds(self, path):
        return fastest(lambda: self.answer(path), self.rounds)


class Spacy:
    name = "spaCy"

    def __init__(self, path, rounds):
        import spacy
        self.nlp, self.rounds = spacy.load(path), rounds

    def docs(self, path):
        return list(self.nlp.pipe(paragraphs(open(path, encoding="utf-8").read()), batch_size=64))

    def answer(self, path):
        lines = []
        for doc in self.docs(path):
            for sent in doc.sents:
                words = [t for t in sent if not t.is_space]
                number = {t.i: k + 1 for k, t in enumerate(words)}
                for t in words:
                    head = 0 if t.head.i == t.i else number.get(t.head.i, 0)
                    lines.append(f"{number[t.i]}\t{t.text}\t_\t{t.pos_ or 'X'}\t_\t_\t{head}\t{'root' if head == 0 else t.dep_.lower()}\t_\t_")
                lines.append("")
        return "\n".join(lines) + "\n"

    def seconds(self, path):
        return fastest(lambda: self.docs(path), self.rounds)


def fastest(work, rounds):
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--ours", required=True)
    p.add_argument("--udpipe")
    p.add_argument("--spacy")
    p.add_argument("--gold", required=True)
    p.add_argument("--raw", required=True)
    p.add_argument("--text", required=True)
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--least-las", type=float, default=60)
    args = p.parse_args()
    engines = [Ours(args.ours, args.rounds)]
    if args.udpipe:
        engines.append(UDPipe(args.udpipe, args.rounds))
    if args.spacy:
        engines.append(Spacy(args.spacy, args.rounds))
    gold = open(args.gold, encoding="utf-8").read()
    scores = {}
    for engine in engines:
        scores[engine.name] = score(gold, engine.answer(args.raw))
        if scores[engine.name]["LAS"] < args.least_las:
            raise SystemExit(f"{engine.name}: LAS {scores[engine.name]['LAS']:.2f} is below {args.least_las}: not timed, the model or the run is broken")
    engines[0].seconds(args.text)
    words = engines[0].told["words"]
    print(f"{'engine':12} {'Words':>7} {'Sents':>7} {'UPOS':>7} {'LAS':>7} {'words/s':>10} {'to ours':>8}")
    ours = None
    for engine in engines:
        speed = words / engine.seconds(args.text)
        ours = ours or speed
        s = scores[engine.name]
        print(f"{engine.name:12} {s['Words']:7.2f} {s['Sentences']:7.2f} {s['UPOS']:7.2f} {s['LAS']:7.2f} {speed:10,.0f} {ours / speed:7.1f}x")
    print(f"{words:,} words of {os.path.basename(args.text)}; CPU time of one thread, fastest of {args.rounds}; accuracy on {os.path.basename(args.gold)} from raw text", file=sys.stderr)


if __name__ == "__main__":
    main()
