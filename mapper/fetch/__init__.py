"""The only room with requests: complete answers or a loud error."""
