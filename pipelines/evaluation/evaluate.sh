#!/bin/sh
# Score the corpora of a folder and write results.md beside this file. Called by `make eval CORPORA=FOLDER`.
set -eu
corpora=$1
kg=${BIN:-.venv/bin}/kg
here=$(dirname "$0")
[ -d "$corpora" ] || { echo "eval: name the folder of the corpora: make eval CORPORA=FOLDER" >&2; exit 2; }

new=$here/.results.md.new
work=$(mktemp -d)
trap 'rm -rf "$new" "$work"' EXIT
{
    echo "# Results"
    echo
    echo "Written by \`make eval CORPORA=...\` at commit $(git -C "$here" rev-parse --short HEAD), $(date -u +%F)."
    echo "Part: ${PART:-dev}. See README.md for what the parts and the levels are."
    echo
    "$kg" evaluate --part "${PART:-dev}" "$corpora"/BC5CDR.train.pubtator "$corpora"/NCBIdisease.train.pubtator \
        "$corpora"/BioRED.train.pubtator "$corpora"/CRAFT.train.pubtator "$corpora"/CellLink.dev.pubtator
    # These two do not annotate words for people.
    "$kg" evaluate --part "${PART:-dev}" --no-people "$corpora"/Linnaeus.train.pubtator "$corpora"/SPECIES.train.pubtator |
        tail -n +3
    # Texts of the field: concepts that people listed. They are small, so all of each is scored.
    for name in msc_interventions challenge; do
        [ ! -e "$corpora/$name.dev.gold.jsonl" ] || "$kg" evaluate "$corpora/$name.dev.gold.jsonl" | tail -n +3
    done
    # Abstracts written for this project, on which nothing is trained.
    "$kg" evaluate "$here/../training/written/held_out.gold.jsonl" | tail -n +3
    # What NLM's machine gave to the conditions of trial records: noisy, but much.
    if [ -e "$corpora/msc_trials.dev.jsonl" ]; then
        "$kg" evaluate "$("${BIN:-.venv/bin}/python" -m kg.evaluation.trials "$corpora/msc_trials.dev.jsonl" "$work")" | tail -n +3
    fi
} > "$new"
mv "$new" "$here/results.md"
cat "$here/results.md"
