"""Write a release, each format one file, and prove that what was written can be read again."""
