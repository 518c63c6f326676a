"""One sheet under one rulebook, derived by forward chaining on durable-rules."""
