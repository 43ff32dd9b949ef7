"""Addresses that a page once had."""

from django.shortcuts import get_object_or_404, redirect


def former_address(rows, slug):
    """For good to where the page is now, when one of `rows` once had this address; else not found."""
    return redirect(get_object_or_404(rows, former_slugs__slug=slug), permanent=True)
