"""Puts what a build makes where the world sees it: a plan, then a release that is whole or not there at all."""
