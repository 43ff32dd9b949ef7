"""What the admin's frame shows, on the pages about signing in too."""

from django.contrib import admin


def admin_site(request):
    site = admin.site
    return {
        "site_header": site.site_header,
        "site_title": site.site_title,
        "site_url": site.site_url,
        "has_permission": site.has_permission(request),
    }
