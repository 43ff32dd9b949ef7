"""Where allauth's pages say or do something of ours."""

from allauth.account import views
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import modelform_factory
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User

LIMITED = "too_many_login_attempts"


class LoginView(views.LoginView):
    def form_invalid(self, form):
        """Who tries too often is told so in the status, too."""
        limited = any(error.code == LIMITED for error in form.non_field_errors().as_data())
        response = super().form_invalid(form)
        response.status_code = 429 if limited else 200
        return response


class PasswordResetView(views.PasswordResetView):
    """Without a mail server there is no form: the page says whom to ask."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"sends_mail": settings.SENDS_MAIL}


@require_POST
@login_required
def mail_language(request):
    """What the mails of the one who asks speak from now on."""
    form = modelform_factory(User, fields=["language"])(request.POST, instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, _("The language of your mails is saved."))
    return redirect("account_change_password")
