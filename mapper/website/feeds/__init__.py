"""
Atom feeds of a site: new, ended and changed cameras, and new claims, for all and by country.

An entry is made from the difference of two releases, so that the same releases give the same
bytes, and its id stays the same in every later build.
"""
