"""Studies of capability as a quality department files them: on the terminal, as JSON, as a page with plots."""
