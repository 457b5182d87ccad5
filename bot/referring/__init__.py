"""The use case "refer": drafting, sending, the desk's and the bureau's steps, cards, deadlines."""
