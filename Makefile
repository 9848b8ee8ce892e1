# Two commands do everything on a fresh clone: `make graph` and `make test`.

PYTHON ?= python3
STUDY ?= endometrium
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help setup graph view query serve test lint eval bench train ontologies schema lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## the environment alone: .venv with the command .venv/bin/kg

$(STAMP): requirements.lock pyproject.toml .ci/setup.sh
	@PYTHON="$(PYTHON)" sh .ci/setup.sh "$(VENV)"
	@touch $@

graph: $(STAMP) ## build the study into outputs/$(STUDY)/ (STUDY=endometrium)
	@$(BIN)/kg build $(STUDY)

view: graph ## open the network in a browser
	@$(BIN)/python -m webbrowser -t "file://$(abspath outputs/$(STUDY)/network.html)"

query: graph ## answer all competency queries
	@$(BIN)/kg query --list | while read -r name question; do \
	  printf '\n# %s: %s\n' "$$name" "$$question"; $(BIN)/kg query "$$name" --study $(STUDY) || exit 1; done

serve: graph ## SPARQL endpoint and viewer on http://127.0.0.1:8000
	@$(BIN)/kg serve --study $(STUDY)

test: $(STAMP) ## everything that continuous integration runs
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/pytest

lint: $(STAMP) ## format and fix what can be fixed
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix . && $(BIN)/mypy

eval: $(STAMP) ## score the corpora of the folder CORPORA=..., into pipelines/evaluation/results.md
	@BIN=$(BIN) sh pipelines/evaluation/evaluate.sh "$(CORPORA)"

bench: graph ## time kg annotate on the documents of FILE=..., a graph of a million quads, the network page in a browser
	@if [ -n "$(FILE)" ]; then $(BIN)/python -m kg.evaluation.bench "$(FILE)"; fi
	@$(BIN)/python -m kg.evaluation.bench_graph outputs/$(STUDY)/graph.nq
	@$(BIN)/python -m kg.evaluation.bench_view

train: $(STAMP) ## train the recogniser, the linker and the judgements again on the corpora of the folder CORPORA=...
	@$(BIN)/python -c "import gensim, pycrfsuite, tokenizers, torch" 2>/dev/null || \
	  { echo "train: install what it needs: $(BIN)/python -m pip install '.[train]'"; exit 1; }
	@$(BIN)/python -m kg.training "$(CORPORA)"
	@$(BIN)/python -m kg.training.linker "$(CORPORA)/BC5CDR.train.pubtator" "$(CORPORA)/NCBIdisease.train.pubtator" \
	  "$(CORPORA)/BioRED.train.pubtator"
	@$(BIN)/python -m kg.training.judgements pipelines/training/written/abstracts.gold.jsonl \
	  pipelines/training/written/records.gold.jsonl="$(CORPORA)/msc_trials.dev.jsonl"

ontologies: $(STAMP) ## rebuild the terminology slices from their pinned sources
	@$(BIN)/python -m kg.ontology.build

schema: $(STAMP) ## rewrite the page on the schema, ontologies/schema/schema.md
	@$(BIN)/python -m kg.graph.schema_page

lock: ## renew requirements.lock (needs uv)
	@uv pip compile --quiet --universal --generate-hashes --no-annotate --python-version 3.11 --extra dev \
	  --custom-compile-command "make lock" --upgrade --output-file requirements.lock pyproject.toml

clean: ## remove the environment and the outputs
	rm -rf $(VENV) outputs/*/ .mypy_cache .ruff_cache .pytest_cache .hypothesis
