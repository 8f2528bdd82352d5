"""How a partner's change becomes public: what is safe, what the hub looks at, who hears of it."""
