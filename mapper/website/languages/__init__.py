"""The words of the page in every language: gettext catalogues, read and proved at every build."""
