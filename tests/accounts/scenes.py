"""What people do at the sign-in, for several tests."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt

from tests.factories import PASSWORD

LOGIN = "/en/admin/account/login/"
CODE = "/en/admin/account/second-factor/code/"
SET_UP = "/en/admin/account/second-factor/set-up/"
HOME = "/en/admin/"


def enter(client, email, password=PASSWORD, address="192.0.2.1", path=LOGIN, **headers):
    return client.post(
        path, {"login": email, "password": password}, REMOTE_ADDR=address, headers=headers
    )


def is_in(client):
    return client.get(HOME).status_code == 200


def secret_of(user):
    return decrypt(Authenticator.objects.get(user=user, type="totp").data["secret"])
