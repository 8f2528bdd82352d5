"""Production is the base (`base`); `development` and `test` loosen it."""
