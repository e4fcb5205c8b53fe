"""Policy packs: what a law or a code wants. None of this is legal advice."""
