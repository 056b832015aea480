"""The domain of the portal: types, parsing and problems. No Pelican, no network, no output.

Layers, left may be used by right: problems <- identifiers <- yaml_source <- fields <- (agency, procedure, article,
province) <- validation <- reading <- sites <- manifest.
"""
