"""Every address of the site. Public pages live below their language: /en/… and /es/…"""

from allauth.account.decorators import secure_admin_login
from allauth.urls import build_provider_urlpatterns
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView

from accounts import guide, nomail
from finder.sitemaps import SITEMAPS, index
from finder.views import content, preview
from planning import sitemaps as planning
from programs import worklinks

admin.site.login = secure_admin_login(admin.site.login)

EVERY_PAGE = SITEMAPS | planning.SITEMAPS

admin.site.site_header = admin.site.site_title = _("Workshop of the program finder")
admin.site.index_title = _("What there is to do")
admin.site.enable_nav_sidebar = False  # the home has all lists, and the lists need the width

urlpatterns = [
    path("", content.welcome, name="welcome"),
    path("healthz", content.healthz, name="healthz"),
    path("robots.txt", content.robots, name="robots"),
    path("sitemap.xml", index, {"sitemaps": EVERY_PAGE}),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": EVERY_PAGE}, name="sitemap"),
    # Single sign-on comes back here whatever the language; nothing is here without its keys.
    path("sign-in/", include(build_provider_urlpatterns())),
    *i18n_patterns(
        path("admin/account/no-mail/<token>/", nomail.stop, name="stop_mail"),
        path(
            "admin/work-list/<token>/", admin.site.admin_view(worklinks.open_list), name="work_list"
        ),
        path(
            "admin/programs/program/<int:pk>/preview/",
            admin.site.admin_view(preview.program),
            name="program_preview",
        ),
        path("admin/guide/", admin.site.admin_view(guide.show), name="coordinators_guide"),
        path("admin/account/", include("accounts.urls")),
        path(
            "admin/password_change/", RedirectView.as_view(pattern_name="account_change_password")
        ),
        path("admin/", admin.site.urls),
        path("", include("finder.urls")),
        path("", include("planning.urls")),
    ),
]

handler404 = "finder.views.errors.not_found"
handler500 = "finder.views.errors.server_error"
