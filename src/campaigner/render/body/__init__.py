"""The article's text: from Markdown to one tree, and from the tree to each channel."""
