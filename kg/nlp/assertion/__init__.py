"""What a text says of interventions and diseases.

``cues`` are the words; ``context`` cuts clauses and judges polarity; ``targets`` tells what a product is given for;
``outcomes`` reads the results of a study, ``reviews`` the statements of a review; ``predicates`` chooses the predicate;
``comentions`` pairs cell types and diseases; ``component`` is the spaCy component ``kg_assertions``.
"""
