"""A site of the v免签 class: a private person's code, and a phone that reads its own screen."""
