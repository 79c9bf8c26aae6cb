"""How documents do under the design rules: reports, explained deviations, scores."""
