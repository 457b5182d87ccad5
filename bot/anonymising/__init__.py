"""What identifies a person in a text: one module a family of identifiers, and the labels that take their place."""
