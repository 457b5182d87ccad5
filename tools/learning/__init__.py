"""Makes the model of the learned reader (`retrieval.name_reader`) and measures it. Not installed.

    python -m tools.learning groups    words by meaning, from GiNZA's vectors  → retrieval/models/groups.tsv
    python -m tools.learning train     the model, from the lots                → retrieval/models/names.crfsuite
    python -m tools.learning across    how well it does on lots it was not trained with

`lots/` are texts written for this by several hands that had not seen the program: everything in them is invented. A
lot is one writer's. What identifies is marked ⟦kind:…⟧, words that must stay ⟦innocent:…⟧; a line of %% ends a text.
`names/` are further names to put in their places. `tests/texts` is measured with and never trained with; some lots were
measured with before they came here.
"""
