"""The whole site: what its pages say of each other is true."""
