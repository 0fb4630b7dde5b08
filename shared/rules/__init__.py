"""Rules are data: versioned YAML files, checked before anything runs on them."""

from shared.rules.loading import Names, RulesError, RulesFile, RulesPart, find_rules, load_rules

__all__ = ["Names", "RulesError", "RulesFile", "RulesPart", "find_rules", "load_rules"]
