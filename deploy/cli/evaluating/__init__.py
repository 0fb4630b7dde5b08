"""`ccms evaluate`: how good the rules, and what is learned, are on a company's own texts."""
