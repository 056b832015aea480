"""Pelican plugins of Cầu Nối: one package a capability, and the domain they share (`plugins.portal`)."""
