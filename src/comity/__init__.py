"""Comity measures how states align and checks what is said about it."""
