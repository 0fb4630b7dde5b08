"""Rules are data: versioned YAML files, checked before anything runs on them."""

from shared.rules.loading import RulesError, RulesFile, RulesPart, find_rules, load_rules

__all__ = ["RulesError", "RulesFile", "RulesPart", "find_rules", "load_rules"]
