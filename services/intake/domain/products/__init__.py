"""The product register (제품): products with their lots, and how many units are out."""
