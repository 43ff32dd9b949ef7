"""Where allauth's pages say or do something of ours."""

from allauth.account import views
from django.conf import settings

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
