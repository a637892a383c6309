"""Use cases, one module per noun: the only writers. Each checks access, writes and audits in one transaction."""
