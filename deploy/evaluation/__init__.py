"""How good the shipped rules are, measured on texts of a company's own."""
