#!/usr/bin/env python3
"""Times medspaCy on the texts of a JSON-lines file: the peer of the rule reader's benchmark.

    python3 scripts/medspacy-peer.py fixtures/bone-reports-dev.jsonl

Needs medspacy (pip install medspacy). A blank English pipeline with what the task takes: sentences (PyRuSH), sections,
target rules for the same sites, regions and uptake words (the English lexicon of the bone-scan pack), and ConText. Loading
is not timed. Prints one line of JSON: medspaCy's version, the number of rules and of targets found, and the median over
the passes of the milliseconds a report.
"""
import json
import logging
import statistics
import sys
import time
import warnings
from importlib.metadata import version
from pathlib import Path

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)
try:
    from loguru import logger

    logger.remove()
except ImportError:
    pass
import medspacy  # noqa: E402
from medspacy.ner import TargetRule  # noqa: E402

PASSES = 5


def target_rules(lexicon):
    terms = {}
    for entry in lexicon["sites"]:
        for term in entry["terms"] + entry.get("plurals", []):
            terms[term] = "SITE"
    for entry in lexicon["regions"]:
        for term in entry["terms"]:
            terms[term] = "REGION"
    for word in ("uptake", "lesion"):
        for value in lexicon["words"][word].values():
            for term in value:
                terms[term] = "FINDING"
    rules = [TargetRule(term, category) for term, category in terms.items()]
    levels = {"c": 7, "t": 12, "l": 5}
    for prefix, count in levels.items():
        for number in range(1, count + 1):
            rules.append(TargetRule(f"{prefix}{number}", "SITE"))
    return rules


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: medspacy-peer.py REPORTS.jsonl")
    texts = [json.loads(line)["text"] for line in Path(sys.argv[1]).read_text("utf-8").splitlines() if line.strip()]
    root = Path(__file__).resolve().parent.parent
    lexicon = json.loads((root / "packs/bone-scan/lexicon/en.json").read_text("utf-8"))
    nlp = medspacy.load(enable=["medspacy_pyrush", "medspacy_target_matcher", "medspacy_context"])
    nlp.add_pipe("medspacy_sectionizer")
    rules = target_rules(lexicon)
    nlp.get_pipe("medspacy_target_matcher").add(rules)
    targets = sum(len(nlp(text).ents) for text in texts)
    measured = []
    for _ in range(PASSES):
        start = time.perf_counter()
        for text in texts:
            nlp(text)
        measured.append((time.perf_counter() - start) * 1000 / len(texts))
    print(
        json.dumps(
            {
                "version": version("medspacy"),
                "rules": len(rules),
                "targets": targets,
                "milliseconds": statistics.median(measured),
            }
        )
    )


main()
