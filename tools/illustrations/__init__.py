"""The demonstration's pictures: drawn here as SVG, kept in `content/` as WebP, for media may not hold SVG.

    pip install resvg-py pillow          # what makes pictures of drawings; nothing else needs them
    python -m tools.illustrations        # draws all anew, or only the sites named: `so-y-te`, `province`

`emblems` are the marks of agencies, one family: a rounded square in the agency's colour with the river at its foot and
one sign in white lines. `scenes` are places of the delta, put together from `parts` (water, trees, boats, houses,
people) in a dozen colours, under the light of a time of day; `wanted.yaml` says which stands with which site.
What a portal needs to be built does not belong here: pictures are made once and kept.
"""
