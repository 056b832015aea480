"""Pictures that agencies put into media/, as the public gets them: upright, in a few widths, without what phones write
into them.

It says what is wrong with a picture and writes files; what a page shows of them is not decided here.
"""
