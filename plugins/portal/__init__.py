"""The domain of the portal: types, parsing and problems. No Pelican, no network, no output.

Layers, left may be used by right: (characters, problems, identifiers, vocabulary, addresses) <- yaml_source <- fields
<- (agency, procedure, article, province) <- (validation, reading, manifest, schemas) <- sites
<- (cards, linking, site_run).
"""
