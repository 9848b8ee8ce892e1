"""What a text says of interventions and diseases.

``facts`` are what is read of a document, with ``anaphora`` ("the former") resolved; ``targets`` says by rule what a
product is given for, ``cues``, ``context`` and ``outcome_words`` are the words of results; ``signals`` turns them into
features, ``judges`` weighs these; ``statements`` makes the assertions, with the ``reviews``' lines of evidence and the
``predicates`` that they allow; ``comentions`` pairs cell types and diseases; ``component`` is the spaCy component
``kg_assertions``.
"""
