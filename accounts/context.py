"""What the admin's frame shows, on the pages about signing in too."""

from django.contrib import admin

from accounts.middleware import STAFF


def admin_site(request):
    """Who is signed in is asked behind the sign-in only: the sitemap is everybody's and reads no session."""
    site = admin.site
    return {
        "site_header": site.site_header,
        "site_title": site.site_title,
        "site_url": site.site_url,
        "has_permission": bool(STAFF.match(request.path_info)) and site.has_permission(request),
    }
