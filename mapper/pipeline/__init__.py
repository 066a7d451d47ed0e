"""
The only place that knows the order of the rooms; one file per group of commands.

``making``: observations to cameras to a release to a page. ``evidence``: questions to the registry.
``collecting``: the open world into the archive. ``curating``: the files that a checkout carries.
"""
